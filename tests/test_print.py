"""The site on paper and on disk, in a real browser."""

import mimetypes
import os
import re

import pytest

from docs_ext import ROOT
from docs_ext.exercises import all_exercises

SITE = ROOT / "site"
OFFLINE = ROOT / ".cache" / "offline" / "lossref"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    opened = browser.new_page(color_scheme="light")
    yield opened
    opened.close()


def _waits_for_fonts(route) -> None:
    """A style sheet in which no font is optional: one that comes late is used all the same."""
    answer = route.fetch()
    css = re.sub(r"font-display: ?optional", "font-display: block", answer.text())
    route.fulfill(response=answer, body=css)


def open_for_print(page, url: str) -> None:
    page.route("**/*.css", _waits_for_fonts)
    page.goto(url, timeout=90_000, wait_until="networkidle")
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def cut_off(page) -> list[str]:
    """Formulas that are wider than their place."""
    return page.evaluate(
        """[...document.querySelectorAll(".quoted-math")]
        .filter((e) => e.scrollWidth > e.clientWidth + 1)
        .map((e) => e.parentElement.textContent)"""
    )


@pytest.mark.parametrize(("paper", "width"), [("A4", 794 - 83), ("Letter", 816 - 83)])
def test_the_cheat_sheet_is_one_page(page, server: str, paper: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    open_for_print(page, f"{server}/teach/cheat-sheet/")
    assert pages(page.pdf(format=paper)) == 1
    assert not cut_off(page)


def test_slides_are_one_page_each(page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_for_print(page, f"{server}/teach/slides/")
    slides = page.locator(".slide").count()
    assert slides >= 25
    assert pages(page.pdf(width="338.7mm", height="190.5mm")) == slides
    assert not cut_off(page)
    high = page.evaluate(
        """[...document.querySelectorAll(".slide")]
        .filter((e) => e.scrollHeight > e.clientHeight + 1)
        .map((e) => e.querySelector("h2").textContent)"""
    )
    assert not high, "more than fits"


def test_bibtex_stays_off_the_paper(page, server: str) -> None:
    open_for_print(page, f"{server}/claims/")
    assert page.locator(".cite-this").count()
    assert not page.locator(".cite-this").filter(visible=True).count()


def test_slides_by_keyboard(page, server: str) -> None:
    page.goto(f"{server}/teach/slides/", timeout=90_000)
    page.get_by_role("button", name="Present").click()
    page.wait_for_function("document.fullscreenElement")
    shown = page.locator(".slide:visible h2")
    first = shown.text_content()
    assert shown.count() == 1
    page.keyboard.press("ArrowRight")
    assert shown.text_content() != first
    page.keyboard.press("ArrowLeft")
    assert shown.text_content() == first


def test_teaching_after_another_page(browser) -> None:
    """Material swaps the page without a reload: style and script of the new one come along."""
    base = "https://lossref.github.io/lossref/"  # it does so at the address of the site only
    context = browser.new_context()

    def answer(route) -> None:
        path = SITE / route.request.url.removeprefix(base).split("?")[0]
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            route.fulfill(body=path.read_bytes(), headers={"content-type": kind})
        else:
            route.fulfill(status=404)

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(f"{base}losses/squared-error/", timeout=90_000)
    page.wait_for_load_state("networkidle")
    page.evaluate("window.stays = true")
    for text in ("Teach", "First week", "Slides", "First week"):
        links = page.locator(".md-tabs__link, .md-nav__link").filter(has_text=text)
        links.locator("visible=true").first.click()
        title = text.lower()
        page.wait_for_function("text => document.title.toLowerCase().includes(text)", arg=title)
    assert page.evaluate("window.stays"), "the page was loaded anew"
    prints = page.get_by_role("button", name="Print with answers")
    prints.wait_for(timeout=90_000)
    assert prints.count() == 1
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    facts = page.locator(".exercise-facts").first.evaluate(size)
    assert facts < page.locator(".exercise h3").first.evaluate(size) / 1.2
    context.close()


@pytest.mark.parametrize("teacher", [False, True], ids=["students", "teacher"])
def test_a_sheet_of_exercises(page, server: str, teacher: bool) -> None:
    url = f"{server}/teach/exercises/first-week/{'?answers' if teacher else ''}"
    open_for_print(page, url)
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    questions = page.locator(".exercise > h3:visible").count()
    assert questions == sum(id[0] == "W" for id in all_exercises())
    answers = page.locator(".exercise > .answer > p:visible").count()
    assert bool(answers) == teacher
    assert not page.locator(".print-sheet:visible").count()


@pytest.mark.parametrize("url", ["losses/squared-error/", "comparison/table/", "notation/"])
def test_any_page_is_a_handout(page, server: str, url: str) -> None:
    page.set_viewport_size({"width": 680, "height": 1000})
    open_for_print(page, f"{server}/{url}")
    for selector in (".md-header", ".md-sidebar", ".md-footer", ".run-bar", ".formula-menu"):
        assert not page.locator(f"{selector}:visible").count(), selector
    assert 2 <= pages(page.pdf(format="A4")) <= 25


def test_the_site_on_disk(page) -> None:
    """Search, figures and links work without a server, and nothing is asked from elsewhere."""
    if not OFFLINE.is_dir():
        missing = "no offline site: `make offline`"
        # a build of its own: the other tests still count without it; CI makes it and goes red
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(missing)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if r.url.startswith("http") else None)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto(f"file://{OFFLINE}/index.html", timeout=90_000)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.press_sequentially("masking")
    found = page.locator(".md-search-result__link[href*='comparison/limitations/']")
    found.first.click(timeout=90_000)
    page.wait_for_url("**/comparison/limitations/index.html*")
    page.goto(f"file://{OFFLINE}/losses/squared-error/index.html")
    assert page.locator(".plot svg").first.is_visible()
    page.locator("a[href*='eq/SE.2/']").first.evaluate("e => e.click()")
    page.wait_for_url("**/eq/SE.2/index.html")
    assert page.locator("math").first.is_visible()
    page.goto(f"file://{OFFLINE}/comparison/sliders/index.html")
    explorer = page.locator(".explorer").first
    values = explorer.locator("dl")
    before = values.inner_text()
    explorer.locator("input[type=range]").last.fill("10")
    assert values.inner_text() != before
    assert not asked
    assert not complaints
    page.goto(f"file://{OFFLINE}/losses/squared-error/index.html")
    page.get_by_role("button", name="Run").first.click()
    page.get_by_text("cannot start Python").first.wait_for(timeout=30_000)
