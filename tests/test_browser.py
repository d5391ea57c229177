"""The built site in a real browser: quiet, private, nothing wider than the screen."""

import re
from collections.abc import Iterable

import pytest

from docs_ext import ROOT

SITE = ROOT / "site"
URLS = [
    url
    for path in sorted(SITE.rglob("index.html"))
    if not (url := path.relative_to(SITE).as_posix().removesuffix("index.html")).startswith("eq/")
    or url == "eq/SE.12/"  # those pages are all alike; the widest one
]

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


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


# ids, names of functions and people: a page among the first eight results
NAMES = {
    "BCE.5": "losses/binary-cross-entropy",
    "softmax_cross_entropy": "api",
    "masking": "comparison/limitations",
    "Brier": "losses/squared-error",
    "SCE.12": "formulas",
    "Gibbs": "formulas",
    "overly smooth gradients": "#A29",
    "SCE.5": "losses/softmax-cross-entropy/",
    "softmax_cross_entropy_grad": "api/",
    "value_and_grad": "api/speed/",
    "Kullback": "losses/information",
    "nll_loss": "practice/frameworks/",
    "sparse_categorical_crossentropy": "practice/frameworks/",
    "bf16": "practice/hazards/",
}

# what people type or paste: the entry of the debugging page that comes first
SYMPTOMS = {
    "bce loss nan even with clipping": "clipped",
    "loss became nan": "first-nan",
    "rmse nan gradient": "root",
    "nll_loss is negative": "density",
    "Target size must be the same as input size": "broadcast",
    "nan when prediction is perfect": "perfect",
    "overflow encountered in exp": "overflow",
    "fp16 overflow loss inf large batch": "half-sum",
    "gradients nan but loss finite": "backward",
    "all labels ignored nan": "ignored",
    "unsafe to autocast": "autocast",
    "focal loss nan": "focal",
    "loss stuck at 0.693": "dead",
    "initial loss not 2.303 ln K": "uniform",
    "loss never below 0.744": "twice",
    "softmax before crossentropyloss": "twice",
    "loss stuck at 16.118": "capped",
    "loss 87.3365": "underflow",
    "MSE learns only the mean": "broadcast",
    "weighted mean ignores the weights": "alone",
    "gradient accumulation changes loss": "accumulated",
    "gradient off by factor n": "factor",
    "negative cross entropy": "outside",
    "KLDivLoss negative": "unnormalized",
    "multi-target not supported": "one-hot",
    "validation loss increases accuracy increases": "confident",
    "loss goes up while accuracy goes up": "confident",
    "class weights probabilities wrong": "balanced",
    "loss not decreasing": "stuck",
    "loss stays at 2.3026": "uniform",
    "gradient check fails": "factor",
    "divide by zero encountered in log": "saturated",
    "IndexError: Target 10 is out of bounds.": "labels",
    "expected scalar type Long but found Float": "one-hot",
    "CUDA error: device-side assert triggered": "labels",
    "Expected floating point type for target with class probabilities, got Long": "one-hot",
    "-inf loss": "saturated",  # no operator of the search
}


# what a student looks up: the page that comes first explains it
CONCEPTS = {
    "softmax jacobian": "losses/softmax-cross-entropy",
    "cross entropy hessian": "losses/softmax-cross-entropy",
    "kl divergence not symmetric": "losses/information",
    "bias variance": "losses/squared-error",
    "logsumexp": "notation",
    "gradient of cross entropy": "comparison/gradients",
    "vanishing gradient": "comparison/gradients",
    "maximum likelihood": "comparison/likelihoods",
    "temperature scaling": "comparison/scoring-rules",
    "convex": "comparison/optimization",
    "separable data": "comparison/limitations",
}


def results(browser, server: str, queries: Iterable[str]) -> dict[str, list[str]]:
    """What the search shows for each query: the addresses of its first eight pages and sections."""
    opened, complaints = open_page(browser, f"{server}/")
    box = opened.locator("[data-md-component=search-query]")
    box.click()
    links = opened.locator(".md-search-result__link")
    found = {}
    for query in queries:
        box.fill("")
        box.press("End")  # the search listens to keys
        links.first.wait_for(state="detached", timeout=90_000)
        box.fill(query)
        box.press("End")
        links.first.wait_for(state="attached", timeout=90_000)
        shown = links.evaluate_all("all => all.slice(0, 8).map(a => a.href)")
        found[query] = [re.sub(r"\?[^#]*", "", address) for address in shown]
    assert not complaints
    opened.close()
    return found


def test_names_are_found(browser, server: str) -> None:
    found = results(browser, server, NAMES)
    assert len(found) == len(NAMES)
    assert not {name: all for name, all in found.items() if not any(NAMES[name] in a for a in all)}


def test_symptoms_are_found(browser, server: str) -> None:
    """Each symptom, pasted into the search, shows the debugging page and its entry first."""
    found = results(browser, server, SYMPTOMS)
    assert not {
        symptom: (page, entry)
        for symptom, (page, entry, *_) in found.items()
        if not page.endswith("/practice/debugging/") or not entry.endswith(f"/#{SYMPTOMS[symptom]}")
    }


def test_concepts_are_found(browser, server: str) -> None:
    """Each concept shows the page that explains it first."""
    found = results(browser, server, CONCEPTS)
    assert not {
        concept: page
        for concept, (page, *_) in found.items()
        if not page.endswith(f"/{CONCEPTS[concept]}/")
    }


def test_a_formula_link_opens_at_its_formula(browser, server: str) -> None:
    page, complaints = open_page(browser, f"{server}/losses/binary-cross-entropy/#BCE.5")
    assert page.locator("[id='BCE.5']").evaluate("e => e.matches(':target')")
    page.wait_for_function(
        "() => { const top = document.getElementById('BCE.5').getBoundingClientRect().top;"
        " return 0 <= top && top < innerHeight; }"
    )
    assert not complaints
    page.close()


# --- the menu of a formula ----------------------------------------------------------------------

MENU = "[id='{}'] ~ .formula-menu"
LOSS_PAGE = "losses/softmax-cross-entropy/"


def test_the_menu_by_keyboard(browser, server: str) -> None:
    """Tab reaches it, Enter opens it, the buttons copy and say so, Escape closes it."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}/{LOSS_PAGE}", timeout=90_000)
    menu = page.locator(MENU.format("SCE.5"))
    page.locator("[id='SCE.5']").focus()
    page.keyboard.press("Tab")
    assert menu.locator("summary").evaluate("e => e === document.activeElement")
    assert menu.locator("summary").evaluate("e => e.matches(':focus-visible')")
    assert menu.locator("summary").evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    menu.get_by_role("button").first.wait_for()
    expected = {
        "link": "/eq/SCE.5/",
        "LaTeX": r"\nabla_{\mathbf{z}} \ell_{\mathrm{CE}} &= \mathbf{p} - \mathbf{t}",
        "BibTeX": "@misc{lossref:SCE.5,",
    }
    for what, text in expected.items():
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == f"Copy {what}"
        page.keyboard.press("Enter")
        status = menu.get_by_role("status")
        sync_api.expect(status).to_have_text(f"Copied: {what}")
        assert text in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert menu.locator("summary").evaluate("e => e === document.activeElement")
    context.close()


def test_one_menu_at_a_time(browser, server: str) -> None:
    page, complaints = open_page(browser, f"{server}/{LOSS_PAGE}")
    for id in ("SCE.1", "SCE.15"):
        page.locator(f"{MENU.format(id)} > summary").press("Enter")
    sync_api.expect(page.locator(".formula-menu[open]")).to_have_count(1)
    page.locator("h1").click()
    sync_api.expect(page.locator(".formula-menu[open]")).to_have_count(0)
    assert not complaints
    page.close()


def test_a_copy_that_is_refused_is_said(browser, server: str) -> None:
    page, _ = open_page(browser, f"{server}/{LOSS_PAGE}")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')) }")
    menu = page.locator(MENU.format("SCE.1"))
    menu.locator("summary").press("Enter")
    menu.get_by_text("Copy link").press("Enter")
    sync_api.expect(menu.get_by_role("status")).to_contain_text("does not allow")
    page.close()


def test_menus_have_names(browser, server: str) -> None:
    """Each its own, for those who hear them in a list; and large enough for a finger."""
    page, _ = open_page(browser, f"{server}/{LOSS_PAGE}")
    formulas, menus = page.locator(".formula"), page.locator(".formula-menu > summary")
    names = menus.evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == formulas.count() >= 28
    tall = menus.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert min(tall) >= 24, "a target is at least 24 px high"
    page.close()


def test_the_menu_without_javascript(browser, server: str) -> None:
    """It opens, and shows the function, BibTeX and the way to the LaTeX."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server}/{LOSS_PAGE}", timeout=90_000)
    menu = page.locator(MENU.format("SCE.5"))
    menu.locator("summary").click()
    for text in ("lossref.softmax_cross_entropy_grad", "test_semantics.py", "@misc{lossref:SCE.5"):
        assert menu.get_by_text(text).first.is_visible()
    menu.get_by_role("link", name="Permanent page").click()
    page.wait_for_url("**/eq/SCE.5/")
    assert page.locator("math").is_visible()
    assert page.get_by_text(r"\nabla_{\mathbf{z}}").last.is_visible()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_open_menu_fits_and_moves_nothing(browser, server: str, width: int) -> None:
    page, _ = open_page(browser, f"{server}/{LOSS_PAGE}", viewport={"width": width, "height": 844})
    height = "document.querySelector('article').getBoundingClientRect().height"
    before = page.evaluate(height)
    for menu in page.locator(".formula-menu > summary").all():
        menu.press("Enter")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator(".formula-menu[open] .formula-panel").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate(height) == before
    page.close()


# --- pages with many formulas ---------------------------------------------


@pytest.mark.parametrize("width", [390, 1280])
def test_long_formulas_scroll_inside_themselves(browser, server: str, width: int) -> None:
    page, _ = open_page(
        browser, f"{server}/comparison/gradients/", viewport={"width": width, "height": 844}
    )
    boxes = page.locator(".formula > .math-display").evaluate_all(
        "all => all.map(e => [e.scrollWidth, e.clientWidth, e.getBoundingClientRect().right])"
    )
    assert len(boxes) >= 16
    assert all(right <= width for _, _, right in boxes)
    if width == 390:
        assert any(inside > shown for inside, shown, _ in boxes), "one is wider than a phone"
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
