// Names that assistive technology needs and the theme leaves out; nothing on a page depends on it.
document$.subscribe(() => {
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");
  // Material adds its copy buttons after this event
  setTimeout(() => document.querySelectorAll(".md-code__nav").forEach(
    (nav, i) => nav.setAttribute("aria-label", `Code block ${i + 1}`)), 300);
});

// Sheets of exercises: printed without answers, or with all of them.
document$.subscribe(() => {
  const teacher = new URLSearchParams(location.search).has("answers");
  const withAnswers = (on) => document.documentElement.classList.toggle("with-answers", on);
  withAnswers(teacher);
  if (teacher) document.querySelectorAll(".exercise > .answer").forEach((e) => { e.open = true; });
  document.querySelectorAll(".print-sheet:empty").forEach((place) => {
    for (const [text, on] of [["Print the questions", false], ["Print with answers", true]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "md-button", textContent: text });
      button.onclick = () => {
        withAnswers(on);
        print();
        withAnswers(teacher);
      };
      place.append(button);
    }
  });
});
