// Sliders of the explorers: look up what lossref computed at build (docs_ext/explorers.py).
document$.subscribe(() => document.querySelectorAll(".explorer").forEach((box) => {
  const controls = box.querySelector(".explorer-controls");
  if (!controls.hidden) return;
  controls.hidden = false;
  const inputs = [...box.querySelectorAll("input")], paths = box.querySelectorAll("[data-mark]");
  const names = [...box.querySelectorAll("dt")], shown = box.querySelectorAll("dd");
  const said = box.querySelector("[role=status]");
  let data, timer;
  const draw = () => {
    data ??= JSON.parse(box.querySelector("template").content.textContent || "null");
    if (!data) return; // on its way, see site.js
    const { sizes, labels, marks, values } = data;
    const place = (by) => by.reduce((at, n) => at * sizes[n] + inputs[n].valueAsNumber, 0);
    inputs.forEach((input, n) => {
      const label = labels[n][input.valueAsNumber];
      input.nextElementSibling.textContent = label;
      input.setAttribute("aria-valuetext", label);
    });
    marks.forEach((mark, n) => {
      const [xs, ys] = mark.map(({ by, start, moves }) => [start[place(by)], ...moves[place(by)]]);
      paths[n].setAttribute("d", "M" + xs.map((x, k) => `${x} ${ys[k]}`).join("l") + (xs[1] === undefined ? "h1" : ""));
    });
    values.forEach(({ by, table }, n) => { shown[n].textContent = table[place(by)]; });
    clearTimeout(timer); // one sentence after the last move, not one for each
    timer = setTimeout(() => {
      said.textContent = names.map((name, n) => `${name.textContent} ${shown[n].textContent}`).join(", ");
    }, 600);
  };
  inputs.forEach((input) => input.addEventListener("input", draw));
  box.addEventListener("later", draw);
}));
