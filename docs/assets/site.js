// Names that assistive technology needs and the theme leaves out; nothing on a page depends on it.
document$.subscribe(() => {
  // Material adds its copy buttons after this event
  setTimeout(() => {
    document.querySelectorAll(".md-code__nav").forEach(
      (nav, i) => nav.setAttribute("aria-label", `Code block ${i + 1}`));
    reachable();
    document.documentElement.dataset.reachable = ""; // for the tests
  }, 300);
});
// What scrolls sideways can be reached, and so scrolled, by keyboard.
const reachable = () => {
  const boxes = ".math-display, .quoted-math, .plot-svg, .md-typeset__scrollwrap, .jp-OutputArea-output, table, pre";
  [...document.querySelectorAll(`.md-typeset :is(${boxes})`)]
    // what is closed would be laid out to be measured; all are measured before one is changed
    .filter((box) => !box.closest("details:not([open])") && box.scrollWidth > box.clientWidth)
    .forEach((box) => { box.tabIndex = 0; });
};
addEventListener("resize", reachable);

// The menu of a formula: buttons that copy, made when it opens for the first time. Without this
// script it is still a menu, and its last link leads to LaTeX and BibTeX.
{
  const menus = () => document.querySelectorAll(".formula-menu[open]");
  const close = (menu) => { menu.open = false; };
  const texts = {
    "link": (menu) => menu.querySelector(".formula-address").href.split("#")[0],
    "LaTeX": (menu) => menu.parentElement.querySelector("annotation").textContent,
    "BibTeX": (menu) => menu.querySelector("pre").textContent,
  };
  const addButtons = (menu) => {
    const row = document.createElement("div");
    row.className = "formula-copy";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    for (const [what, text] of Object.entries(texts)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Copy ${what}`;
      button.addEventListener("click", async () => {
        said.textContent = "";
        try {
          await navigator.clipboard.writeText(text(menu));
          said.textContent = `Copied: ${what}`;
        } catch {
          said.textContent = "The browser does not allow copying here";
        }
      });
      row.append(button);
    }
    row.append(said);
    menu.querySelector(".formula-panel").prepend(row);
  };
  document.addEventListener("toggle", ({ target: menu }) => { // does not bubble, so it is captured
    if (!menu.open || !menu.matches(".formula-menu")) return;
    if (!menu.querySelector(".formula-copy")) addButtons(menu);
    menus().forEach((other) => other !== menu && close(other));
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      close(menu);
    });
  });
  document.addEventListener("click", ({ target }) => {
    menus().forEach((menu) => menu.contains(target) || close(menu));
  });
}

// What opens on demand, and the data of sliders, is fetched when a reader points at one of them, for
// the whole page (docs_ext/later.py). Without this script links stand in its place.
{
  let asked; // the page that waits for it
  const fill = async () => {
    const page = location.pathname;
    if (asked === page) return;
    asked = page;
    try {
      const answer = await fetch("later.json");
      if (!answer.ok) throw new Error(answer.status);
      const parts = await answer.json();
      if (page !== location.pathname) return;
      for (const box of document.querySelectorAll("[data-later]")) {
        box.innerHTML = parts[box.dataset.later];
        delete box.dataset.later;
        box.dispatchEvent(new Event("later", { bubbles: true }));
      }
    } catch { // no connection: asked again at the next touch
    } finally {
      asked = undefined;
    }
  };
  const touched = ({ target, type }) => {
    const box = target.closest?.(".program, .mkdocstrings-source, .explorer");
    if (box?.querySelector("[data-later]")) fill();
    else if (type === "toggle") reachable();
  };
  for (const type of ["pointerover", "focusin", "input", "toggle"]) document.addEventListener(type, touched, true);
  document.addEventListener("later", reachable);
}

// Scripts of some pages only. One that is loaded stays: the theme changes pages without a new start.
{
  const here = document.currentScript.src;
  const wanted = { ".run-bar": "run.js", ".explorer": "explorers.js" };
  const load = () => {
    for (const [mark, name] of Object.entries(wanted)) {
      if (!document.querySelector(mark)) continue;
      delete wanted[mark];
      document.body.append(Object.assign(document.createElement("script"), { src: new URL(name, here) }));
    }
  };
  document$.subscribe(load);
  document.addEventListener("later", load);
}
