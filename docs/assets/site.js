// Names that assistive technology needs and the theme leaves out; nothing on a page depends on it.
document$.subscribe(() => {
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");
  // Material adds its copy buttons after this event
  setTimeout(() => document.querySelectorAll(".md-code__nav").forEach(
    (nav, i) => nav.setAttribute("aria-label", `Code block ${i + 1}`)), 300);
});

// Sheets of exercises: printed as they stand, or with all answers unfolded.
document$.subscribe(() => {
  const answers = document.querySelectorAll(".exercise > .answer");
  const unfold = (open) => answers.forEach((answer) => { answer.open = open; });
  if (answers.length && new URLSearchParams(location.search).has("answers")) unfold(true);
  document.querySelectorAll(".print-sheet:empty").forEach((place) => {
    for (const [text, open] of [["Print the questions", false], ["Print with answers", true]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "md-button", textContent: text });
      button.onclick = () => {
        const before = [...answers].map((answer) => answer.open);
        unfold(open);
        print();
        answers.forEach((answer, i) => { answer.open = before[i]; });
      };
      place.append(button);
    }
  });
});
