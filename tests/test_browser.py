"""The built site in a real browser: quiet, private, nothing wider than the screen."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator

import pytest

from docs_ext import ROOT

sync_api = pytest.importorskip("playwright.sync_api")

SITE = ROOT / "site"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
URLS = sorted(
    path.relative_to(SITE).as_posix().removesuffix("index.html")
    for path in SITE.rglob("index.html")
)

pytestmark = pytest.mark.browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator["sync_api.Browser"]:
    if not CHROMIUM:
        message = "no browser: `apt-get install chromium`, or set CHROMIUM=/path/to/it"
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(message)
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def open_page(browser, url: str, **options):
    """A page, and the complaints it made: foreign requests, failures, console errors."""
    for context in browser.contexts:  # left open by a test that failed
        context.close()
    page = browser.new_page(**options)
    complaints: list[str] = []
    host = url.split("/")[2]
    page.on(
        "request",
        lambda r: (
            complaints.append(f"asks {r.url}")
            if r.url.startswith("http") and r.url.split("/")[2] != host
            else None
        ),
    )
    page.on(
        "response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None
    )
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto(url, timeout=90_000)  # machines are noisy; speed is not tested here
    page.wait_for_timeout(200)  # what scripts ask for after loading
    return page, complaints


@pytest.mark.parametrize("url", URLS)
def test_page_on_a_phone(browser, server: str, url: str) -> None:
    """No complaint, no sideways scrolling, formulas set in the math font."""
    phone = {"width": 390, "height": 844}
    page, complaints = open_page(browser, f"{server}/{url}", viewport=phone)
    assert not complaints
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if page.locator("math").count():
        assert page.evaluate("document.fonts.check('16px \"STIX Math\"')")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_follow_the_palette(browser, server: str, scheme: str) -> None:
    page, complaints = open_page(browser, f"{server}/comparison/gradients/", color_scheme=scheme)
    assert not complaints
    blue = page.locator(".plot path[style*='--fig-blue']").first
    color = blue.evaluate("e => getComputedStyle(e).stroke")
    assert color == {"light": "rgb(11, 98, 164)", "dark": "rgb(109, 184, 255)"}[scheme]
    page.close()


def test_without_javascript(browser, server: str) -> None:
    """Formulas, figures, programs and outputs are all there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/losses/squared-error/", timeout=90_000)
    for selector in ("math", ".plot svg", ".snippet pre", ".formula-id"):
        assert page.locator(selector).first.is_visible(), selector
    context.close()


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("BCE.5", "losses/binary-cross-entropy"),
        ("softmax_cross_entropy", "api"),
        ("masking", "comparison/limitations"),
        ("Brier", "losses/squared-error"),
        ("overly smooth gradients", "#A29"),
    ],
)
def test_search(browser, server: str, query: str, page: str) -> None:
    opened, complaints = open_page(browser, f"{server}/")
    box = opened.locator("[data-md-component=search-query]")
    box.click()
    box.press_sequentially(query)
    results = opened.locator(".md-search-result__link")
    results.first.wait_for(timeout=90_000)
    links = [results.nth(i).get_attribute("href") or "" for i in range(min(8, results.count()))]
    assert any(page in link for link in links), links
    assert not complaints
    opened.close()


def test_a_formula_link_opens_at_its_formula(browser, server: str) -> None:
    page, complaints = open_page(browser, f"{server}/losses/binary-cross-entropy/#BCE.5")
    assert page.locator("[id='BCE.5']").evaluate("e => e.matches(':target')")
    page.wait_for_timeout(300)
    top = page.locator("[id='BCE.5']").bounding_box()["y"]
    assert 0 <= top < 800
    assert not complaints
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_register_can_be_filtered_with_and_without_script(browser, server, script) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{server}/claims/", timeout=90_000)
    claims = page.locator(".claim")
    everything = claims.count()
    assert everything == claims.filter(visible=True).count() > 54
    page.locator("#verdict-wrong").check()
    wrong = claims.filter(visible=True)
    assert 0 < wrong.count() < everything
    assert set(wrong.evaluate_all("all => all.map(e => e.dataset.verdict)")) == {"wrong"}
    page.locator("#loss-ce").check()
    losses = set(wrong.evaluate_all("all => all.map(e => e.dataset.loss)"))
    assert losses == {"ce", "both"}
    page.goto(f"{server}/claims/#B6", timeout=90_000)
    assert page.locator("#B6").is_visible()
    context.close()
