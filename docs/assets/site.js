// Names that assistive technology needs and the theme leaves out; nothing on a page depends on it.
document$.subscribe(() => {
  document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");
  // Material adds its copy buttons after this event
  setTimeout(() => document.querySelectorAll(".md-code__nav").forEach(
    (nav, i) => nav.setAttribute("aria-label", `Code block ${i + 1}`)), 300);
});
