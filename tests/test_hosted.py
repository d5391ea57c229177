"""The site as it is served: light, accessible, private, readable without scripts."""

import gzip
import json
import subprocess
import time
from pathlib import Path

import pytest

from docs_ext import ROOT, lighthouse

pytest.importorskip("playwright.sync_api")
from axe_playwright_python.base import AXE_FILE_PATH

from tests.test_browser import URLS, open_page

pytestmark = pytest.mark.browser

SITE = ROOT / "site"

# --- weight -------------------------------------------------------------------------------------

KIB = 1024
# KiB before a click, as sent with gzip
BUDGETS = {"text": 90, "formulas": 130, "many formulas": 120, "notebook": 150, "sliders": 110}
REQUESTS = 15
INDEX = 60  # of the search, fetched when a reader searches
# pages that may send more, and why; those that do not need it lose the right to it
EXCEPTIONS: dict[str, tuple[int, str]] = {}
ALLOWED = ("claims/", "practice/frameworks/")  # tables that a browser shall find in: up to 200


def kind(url: str) -> str:
    """The class of a page, for its budget."""
    if url.startswith("walkthroughs/"):
        return "notebook"
    html = (SITE / url / "index.html").read_text("utf-8")
    if 'class="explorer"' in html:
        return "sliders"
    if html.count('class="formula"') >= 30:
        return "many formulas"
    return "formulas" if "<math" in html else "text"


def over(url: str, sent: int) -> str:
    """What is wrong with this number of bytes on a page, if anything."""
    budget = BUDGETS[kind(url)]
    limit = EXCEPTIONS[url][0] if url in EXCEPTIONS else budget
    if sent > limit * KIB:
        return f"{sent / KIB:.1f} KiB, {limit} allowed"
    if url in EXCEPTIONS and (sent <= budget * KIB or sent <= (limit - 10) * KIB):
        return f"{sent / KIB:.1f} KiB: lower the exception, or drop it"
    return ""


def test_exceptions() -> None:
    for url, (limit, why) in EXCEPTIONS.items():
        assert url in ALLOWED
        assert BUDGETS[kind(url)] < limit <= 200
        assert len(why) > 20


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("references/", "text"),
        ("notation/", "formulas"),
        ("losses/squared-error/", "many formulas"),
        ("walkthroughs/digits/", "notebook"),
        ("comparison/sliders/", "sliders"),
        ("comparison/limitations/", "sliders"),
    ],
)
def test_a_page_that_is_too_heavy_is_found(monkeypatch, url: str, name: str) -> None:
    assert kind(url) == name
    assert not over(url, BUDGETS[name] * KIB)
    assert "allowed" in over(url, BUDGETS[name] * KIB + 1)
    monkeypatch.setitem(EXCEPTIONS, url, (199, "for this test"))
    assert not over(url, 190 * KIB)
    for sent in (199 * KIB + 1, 188 * KIB, BUDGETS[name] * KIB):
        assert over(url, sent)


def weight(site: Path, paths: list[str]) -> int:
    """Bytes of these files as GitHub Pages sends them."""
    total = 0
    for path in paths:
        file = site / path.partition("?")[0].lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        sent = file.read_bytes()
        total += len(sent if file.suffix in (".woff2", ".png") else gzip.compress(sent, 9))
    return total


def test_weight_counts_what_is_sent(tmp_path: Path) -> None:
    (tmp_path / "a.woff2").write_bytes(b"x" * 1000)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.html").write_bytes(b"x" * 1000)
    assert weight(tmp_path, ["/a.woff2?1"]) == 1000
    assert weight(tmp_path, ["/b/"]) < 100
    assert weight(tmp_path, ["/a.woff2", "/a.woff2"]) == 2000
    with pytest.raises(FileNotFoundError):
        weight(tmp_path, ["/missing.js"])


SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted += entry.value;
})).observe({ type: "layout-shift", buffered: true });
"""


# site.js is done, and with it the theme, which adds buttons; or there is neither
REACHABLE = "!window.document$ || 'reachable' in document.documentElement.dataset"


def settle(page) -> None:
    """Wait until scripts are done and what they moved is known."""
    page.wait_for_function(REACHABLE)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")


def load(page, address: str) -> None:
    """Open a page whose scripts come late, as over a slow line: what they add has its room."""
    page.add_init_script(SHIFTS)
    page.route("**/*.js", lambda route: (time.sleep(0.25), route.continue_()))
    page.goto(address, timeout=90_000, wait_until="networkidle")
    settle(page)


def shifted(page) -> float:
    """How far what is seen moved. A font that is late on a stalled machine moves lines too, so a
    page that moved is looked at once more, without its fonts."""
    if page.evaluate("window.shifted") >= 0.02:
        page.route("**/*.woff2", lambda route: route.abort())
        page.reload(timeout=90_000, wait_until="networkidle")
        settle(page)
    return page.evaluate("window.shifted")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser, server: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    load(page, f"{server}/losses/softmax-cross-entropy/")
    assert shifted(page) < 0.02
    page.close()


def styled(browser, address: str, added: str = "") -> float:
    """How many times the style of an element is computed while the page loads, in the mean."""
    page = browser.new_page(viewport={"width": 412, "height": 823})
    if added:
        page.route(
            address,
            lambda route: route.fulfill(body=route.fetch().text().replace("</article>", added)),
        )
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.goto(address, timeout=90_000, wait_until="networkidle")
    page.wait_for_function(REACHABLE)
    trace = json.loads(browser.stop_tracing())
    elements = page.locator("*").count()
    page.close()
    done = [e for e in trace["traceEvents"] if e["name"] == "UpdateLayoutTree"]
    return sum(e.get("args", {}).get("elementCount", 0) for e in done) / elements


RESTYLED = {
    "a class of the root": "document.documentElement.className = 'no-js'",
    "its style": "document.documentElement.style.fontSize = `${101 + n}%`",
    "a rule for all": "document.head.append(Object.assign(document.createElement('style'),"
    " {textContent: `*{stroke-linejoin:${Math.random() < 0.5 ? 'round' : 'bevel'}}`}))",
}


@pytest.mark.parametrize("url", ["losses/softmax-cross-entropy/", "claims/", "api/"])
def test_a_page_is_styled_once(browser, server: str, url: str) -> None:
    """Nothing makes the browser style the whole page again while it loads: 1.1 to 1.8 times, and
    5.5 to 7.1 before the patches of docs_ext/shake.py that are about it."""
    assert styled(browser, f"{server}/{url}") < 2.5


@pytest.mark.parametrize("fault", RESTYLED)
def test_a_page_that_is_styled_again_is_found(browser, server: str, fault: str) -> None:
    added = (
        "</article><script>{ let n = 0; const again = () => { %s; document.body.offsetWidth;"
        " if (n++ < 2) setTimeout(again, 50); }; again(); }</script>"
    )
    page = f"{server}/losses/softmax-cross-entropy/"
    assert styled(browser, page, added % RESTYLED[fault]) > 2.5


def test_the_search_index_is_small() -> None:
    index = (SITE / "search" / "search_index.json").read_bytes()
    assert len(gzip.compress(index, 9)) <= INDEX * KIB


def test_the_preloaded_fonts_are_used(browser, server: str) -> None:
    page = browser.new_page()
    warnings: list[str] = []
    page.on("console", lambda m: warnings.append(m.text) if "preload" in m.text else None)
    page.goto(f"{server}/losses/squared-error/", timeout=90_000)
    page.wait_for_timeout(4000)  # the browser complains of an unused one after three seconds
    page.close()
    assert not warnings


# --- scores -------------------------------------------------------------------------------------

FULL = {"accessibility": 100, "best-practices": 100, "seo": 100, "failed": []}
RUN_RESULTS = {  # of one run after the other -> how many are made, the score, whether it is fine
    "at once": ([99], 1, 99, True),
    "after a busy moment": ([70, 90, 98], 3, 98, True),
    "within the tolerance": ([80, 93, 90, 91, 80, 80], 6, 93, True),
    "slow": ([80, 92, 90, 91, 80, 80, 99], 6, 92, False),
    "a run that fails": ([subprocess.TimeoutExpired("npx", 1), TypeError(), 99], 3, 99, True),
    "no run": ([KeyError("audits")] * 6, 6, -1, False),
    "a picture without a text": ([{"performance": 99, "accessibility": 95}] * 6, 6, 99, False),
    "late once": ([{"performance": 99, "failed": ["late or moved"]}, 98], 2, 98, True),
    "not found once": ([{"performance": 99, "seo": 0}, 96, *[97] * 4], 6, 97, True),
}


@pytest.mark.parametrize("case", RUN_RESULTS)
def test_the_best_run_counts(case: str) -> None:
    results, made, score, fine = RUN_RESULTS[case]
    left = list(results)

    def run() -> dict[str, object]:
        result = left.pop(0)
        if isinstance(result, Exception):
            raise result
        return FULL | (result if isinstance(result, dict) else {"performance": result})

    best = lighthouse.best_of(run, 98)
    assert len(results) - len(left) == made
    assert best["performance"] == score
    assert lighthouse.good(best, 98 - lighthouse.TOLERANCE) == fine


# --- accessibility ------------------------------------------------------------------------------

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")


# of texts with the same colors, sizes and grounds below them only the first stays: contrast is
# what takes axe-core longest, and a page of formulas has thousands of letters
ONE_OF_EACH = """() => {
  for (const e of document.querySelectorAll("[data-again]")) {
    e.style.visibility = "";
    delete e.dataset.again;
  }
  const seen = new Set(), grounds = new Map([[null, ""]]);
  const ground = (e) => {
    if (!grounds.has(e)) {
      const s = getComputedStyle(e), above = ground(e.parentElement);
      grounds.set(e, [above, s.backgroundColor, s.backgroundImage, s.opacity, s.position].join());
    }
    return grounds.get(e);
  };
  for (const e of document.body.querySelectorAll("*:not(:has(*))")) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const s = getComputedStyle(e);
    const look = [ground(e), s.color, s.fontSize, s.fontWeight, s.textShadow].join();
    if (seen.has(look)) e.dataset.again = "";
    seen.add(look);
  }
  for (const e of document.querySelectorAll("[data-again]")) e.style.visibility = "hidden";
}"""


def axe(page, **options: object) -> list[tuple[str, str]]:
    """What axe-core finds with these options, as rule and element."""
    found = page.evaluate(
        "(options) => axe.run(document, options)", {"resultTypes": ["violations"]} | options
    )["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


def pale(page) -> list[tuple[str, str]]:
    """What is hard to read in the colors of now."""
    page.evaluate(ONE_OF_EACH)
    return axe(page, runOnly=["color-contrast"])


def violations(page) -> list[tuple[str, str]]:
    """All that axe-core finds."""
    page.wait_for_function(REACHABLE)
    page.evaluate(AXE)
    return axe(page, rules={"color-contrast": {"enabled": False}}) + pale(page)


BAD = {
    "image-alt": "<img src='data:,'>",
    "color-contrast": "<p style='color: #999; background: #fff'>Gray on white</p>",
    "button-name": "<button></button>",
    "link-name": "<a href='/'></a>",
    "label": "<input type='text'>",
    "empty-table-header": "<table><tr><th></th><th>b</th></tr><tr><td>1<td>2</tr></table>",
}


@pytest.mark.parametrize("rule", BAD)
def test_axe_finds(browser, rule: str) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang='en'><title>t</title><main><h1>t</h1>{BAD[rule]}</main></html>")
    assert rule in {found for found, _ in violations(page)}
    page.close()


FINE = "<p style='color: #333'>Text</p>"
SAME = f"<div>{FINE}</div>"
GRAY = BAD["color-contrast"]
PALE = {  # texts, and how many of them axe-core has to name
    "alike": (GRAY * 3, 1),
    "after others": (FINE * 3 + GRAY, 1),
    "of two grays": (GRAY + GRAY.replace("999", "aaa"), 2),
    "of two sizes": (GRAY + GRAY.replace("color", "font-size: 9px; color"), 2),
    "one of them on a ground": (
        SAME * 2 + SAME.replace("div", "div style='background: #444'", 1),
        1,
    ),
    "one of them seen through": (SAME * 2 + SAME.replace("div", "div style='opacity: .3'", 1), 1),
    "the first not shown": (
        f"<details><summary>More</summary>{GRAY}</details><div>{GRAY}</div>",
        1,
    ),
    "in a sentence": ("<p style='color: #999'>Gray <b>and bold</b></p>", 2),
    "in a sentence like another": (
        "<p>Text <b>and bold</b></p><p>Text <b style='color: #999'>and gray</b></p>",
        1,
    ),
}


@pytest.mark.parametrize("case", PALE)
def test_axe_finds_each_kind_of_pale_text(browser, case: str) -> None:
    text, count = PALE[case]
    page = browser.new_page()
    page.set_content(f"<html lang='en'><title>t</title><main><h1>t</h1>{text}</main></html>")
    assert [rule for rule, _ in violations(page)] == ["color-contrast"] * count
    page.close()


def test_axe_finds_what_is_pale_in_one_palette(browser) -> None:
    """Texts that are alike in the light need not be so in the dark."""
    page = browser.new_page(color_scheme="light")
    page.set_content(
        "<html lang='en'><title>t</title><style>:root { color-scheme: light dark;"
        " background: light-dark(#fff, #111) } h1 { color: light-dark(#222, #eee) }"
        "p { color: light-dark(#222, #eee) } .b { color: light-dark(#222, #333) }</style>"
        "<main><h1>t</h1><p>Text</p><p>Text</p><p class='b'>Text</p></main></html>"
    )
    assert not violations(page)
    page.emulate_media(color_scheme="dark")
    assert [rule for rule, _ in pale(page)] == ["color-contrast"]
    page.close()


def test_axe_finds_what_the_keyboard_cannot_scroll(browser, server: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 850})
    page.goto(f"{server}/comparison/likelihoods/", timeout=90_000)
    assert not violations(page)
    page.evaluate("document.querySelectorAll('[tabindex]').forEach((e) => { e.tabIndex = -1; })")
    found = {rule for rule, _ in violations(page)}
    page.close()
    assert "scrollable-region-focusable" in found


def in_the_dark(page, url: str) -> list[tuple[str, str]]:
    """What is hard to read in the other palette: it has other colors, and nothing else."""
    if url.startswith("eq/"):  # without the theme, as the system wishes
        page.emulate_media(color_scheme="dark")
    else:
        page.locator("[data-md-component=palette] label:visible").click()
        page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    return pale(page)


# every page is looked at wide in the light and narrow in the dark, so all colors of its text are;
# what is only around a text on a wide screen is so on each page of a kind
DARK = {
    "",
    "losses/softmax-cross-entropy/",
    "walkthroughs/digits/",
    "api/",
    "teach/slides/",
    "eq/SE.12/",
}


@pytest.fixture
def alone(browser):
    """The browser, with nothing open that could fetch or keep something."""
    for context in browser.contexts:
        context.close()
    return browser


@pytest.mark.thorough
@pytest.mark.parametrize("url", URLS)
def test_on_a_wide_screen(alone, server: str, asked: list[str], url: str) -> None:
    """Before a click: bytes, requests, no other host, no search index, nothing moves. Then axe."""
    page = alone.new_page(viewport={"width": 1280, "height": 850}, reduced_motion="reduce")
    foreign: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith((server, "data:", "blob:")) else foreign.append(r.url),
    )
    load(page, f"{server}/{url}")
    asked = list(asked)
    moved = shifted(page)
    found = violations(page) + (in_the_dark(page, url) if url in DARK else [])
    page.close()
    assert not foreign
    assert not [path for path in asked if "search_index" in path]
    assert len(asked) <= REQUESTS, asked
    wrong = over(url, weight(SITE, asked))
    assert not wrong, f"{wrong}: {asked}"
    assert moved < 0.02
    assert not found


@pytest.mark.thorough
@pytest.mark.parametrize("url", URLS)
def test_on_a_phone_at_night(alone, server: str, url: str) -> None:
    """No complaint, no sideways scrolling, formulas set in the math font. Then axe."""
    phone = {"width": 390, "height": 844}
    options = {"viewport": phone, "color_scheme": "dark", "reduced_motion": "reduce"}
    page, complaints = open_page(alone, f"{server}/{url}", **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if page.locator("math").count():
        assert page.evaluate("document.fonts.check('16px \"STIX Math\"')")
    found = violations(page)
    page.close()
    assert not complaints
    assert not found


def test_the_page_for_wrong_addresses(browser, server: str) -> None:
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 850}, reduced_motion="reduce")
        page.goto(f"{server}/404.html", timeout=90_000)
        found = violations(page) + in_the_dark(page, "404.html")
        page.close()
        assert not found, width


def test_by_keyboard(browser, server: str) -> None:
    """The first Tab skips to the content; wide formulas are reached, and show it."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{server}/losses/squared-error/", timeout=90_000)
    page.wait_for_function(REACHABLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    page.wait_for_function("scrollY > 0")
    seen = {}
    for _ in range(60):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.className, getComputedStyle(document.activeElement)]"
            ".map((x, i) => i ? x.outlineStyle + x.boxShadow + x.textDecorationLine : x)"
        )
        seen[name.split(" ")[0]] = outline
    assert "math-display" in seen, "a formula that is too wide"
    assert "solid" in seen["math-display"]
    assert "formula-id" in seen
    page.close()


def test_reduced_motion(browser, server: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{server}/losses/squared-error/", timeout=90_000)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => { const s = getComputedStyle(e);"
        " return s.animationName !== 'none' || /[1-9]/.test(s.transitionDuration)"
        " && s.transitionProperty !== 'none'; }).map((e) => e.outerHTML.slice(0, 80))"
    )
    page.close()
    assert not moving


# --- without scripts ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_readable_without_scripts(browser, server: str) -> None:
    """Every page shows its text, and hides nothing but the controls that need a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for url in URLS:
        page.goto(f"{server}/{url}", timeout=90_000)
        assert page.locator("h1").first.is_visible(), url
        hidden = page.locator("article [hidden]:not(.explorer-controls)")
        assert not hidden.count(), f"{url}: {hidden.first.evaluate('e => e.outerHTML')[:200]}"
    page.goto(f"{server}/losses/squared-error/", timeout=90_000)
    page.locator(".md-tabs").get_by_role("link", name="Comparison").click()
    page.wait_for_url("**/comparison/table/")
    context.close()
