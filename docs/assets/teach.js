// The pages for teaching: sheets to print, and slides. Runs anew each time one of them is opened.
(() => {
  const button = (place, text, onclick) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "md-button", textContent: text, onclick });
    place.append(made);
  };

  // sheets of exercises, without answers or with all of them
  const teacher = new URLSearchParams(location.search).has("answers");
  const withAnswers = (on) => document.documentElement.classList.toggle("with-answers", on);
  withAnswers(teacher);
  if (teacher) document.querySelectorAll(".exercise > .answer").forEach((e) => { e.open = true; });
  document.querySelectorAll(".print-sheet").forEach((place) => {
    for (const [text, on] of [["Print the questions", false], ["Print with answers", true]])
      button(place, text, () => { withAnswers(on); print(); withAnswers(teacher); });
  });

  // slides, full screen, one at a time, by keyboard or a click
  const deck = document.querySelector(".slides");
  if (!deck) return;
  const slides = [...deck.children];
  let at = 0;
  const show = (number) => {
    at = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, i) => slide.classList.toggle("current", i === at));
  };
  deck.tabIndex = -1;
  button(document.querySelector(".present"), "Present", () => {
    show(at);
    deck.requestFullscreen();
    deck.focus();
  });
  deck.onclick = ({ target }) => { if (document.fullscreenElement && !target.closest("a")) show(at + 1); };
  deck.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
      Home: -slides.length, End: slides.length }[event.key];
    if (!step || !document.fullscreenElement) return;
    event.preventDefault();
    event.stopPropagation();
    show(at + step);
  };
})();
