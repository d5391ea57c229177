"""Explorers: what they accept, and that each position of a slider shows what lossref computes."""

import copy
import gzip
import json
import math
import random
import re
from html import unescape

import numpy as np
import pytest

import lossref
from docs_ext import DOCS, ROOT, DocsError, explorers
from docs_ext.explorers import load, number, render, step
from docs_ext.snippets import Snippet, all_snippets

EXPLORERS = [s.name for s in all_snippets() if "\ndef explorer(" in s.source]
PAGES = {
    "gradients": "comparison/sliders/",
    "optimization": "comparison/sliders/",
    "limitations": "comparison/limitations/",
    "softmax-cross-entropy": "comparison/sliders/",
}

# explorer -> positions of its sliders, a value of its list, and that value computed another way


def _race(rate: float, z: float) -> str:
    for taken in range(61):
        if lossref.sigmoid(z) < 0.1:
            return str(taken)
        z -= rate * lossref.sigmoid_cross_entropy_grad(z, 0.0)
    return "over 60"


def _slope(last: float) -> float:
    x = np.arange(1.0, 9.0)
    y = 1 + x / 2 + [0.2, -0.3, 0.1, 0.3, -0.2, 0.0, -0.1, last - 5]
    return float(np.polyfit(x, y, 1)[0])


EXPECTED = {
    "gradients/explore": [
        ((0, 24), "cross-entropy", lossref.sigmoid_cross_entropy(4.0, 0.0)),
        ((0, 32), "gradient of squared error", lossref.sigmoid_squared_error_grad(8.0, 0.0)),
        ((10, 0), "gradient of cross-entropy", lossref.sigmoid_cross_entropy_grad(-8.0, 1.0)),
        ((3, 16), "squared error", (0.5 - 0.3) ** 2),
        ((3, 16), "ratio of the gradients", 2.0),
    ],
    "softmax-cross-entropy/corners": [
        ((4, 14), "cross-entropy", lossref.softmax_cross_entropy([-2.0, 3.0, 0.0], 0)),
        ((8, 8), "probability of class 2", 1 / 3),
        ((8, 8), "Brier score", (2 / 3) ** 2 + 2 * (1 / 3) ** 2),
        (
            (0, 16),
            "pull of cross-entropy",
            math.hypot(*(lossref.softmax([-4.0, 4, 0]) - [1, 0, 0])),
        ),
    ],
    "optimization/race": [
        ((6, 3), "steps to 0.1, cross-entropy", _race(1.0, 6.0)),
        ((8, 0), "steps to 0.1, cross-entropy", _race(0.125, 8.0)),
        ((0, 7), "steps to 0.1, cross-entropy", _race(16.0, 0.0)),
    ],
    "limitations/drag": [
        ((0,), "slope, squared error", _slope(-10.0)),
        ((60,), "slope, squared error", _slope(20.0)),
    ],
    "limitations/threshold": [  # scores are normal with means -2 and 2 and standard deviation 2
        ((2, 9), "balanced: recall", 0.5 * (1 + math.erf(1 / math.sqrt(2)))),
        ((0, 9), "balanced: recall", 0.5 * (1 + math.erf(1 / math.sqrt(2)))),
        ((2, 9), "corrected: mean prediction", 0.03),
        ((8, 9), "balanced: mean prediction", 0.5),
    ],
}


def packed(html: str) -> dict:
    return json.loads(unescape(html.partition("<template>")[2].partition("</template>")[0]))


def index(place: list[int], sizes: list[int]) -> int:
    return int(np.ravel_multi_index(place, sizes)) if sizes else 0


def test_every_explorer_has_expected_values_and_a_page() -> None:
    assert set(EXPLORERS) == EXPECTED.keys()
    assert len(EXPLORERS) == 5


@pytest.mark.parametrize("name", EXPLORERS)
def test_values_of_an_explorer(name: str) -> None:
    spec = load(Snippet(name))
    sliders = list(spec["sliders"])
    for positions, label, expected in EXPECTED[name]:
        by, array = spec["values"][label]
        got = np.asarray(array)[tuple(positions[sliders.index(slider)] for slider in by)]
        if isinstance(expected, str):
            assert str(got) == expected
        else:
            assert float(got) == pytest.approx(float(expected), rel=2e-3, abs=0)


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_is_readable_without_a_script(name: str) -> None:
    html = render(Snippet(name))
    assert '<div class="explorer-controls" hidden>' in html
    assert len(re.search('role="img" aria-label="(.+?)"', html)[1]) > 100  # type: ignore[index]
    data = packed(html)
    assert html.count("data-mark") == len(data["marks"])
    assert "<script" not in html, "instant navigation would run it"
    assert html.count("<dd>") == len(data["values"])
    assert "@" not in html


BAD = {
    "start outside": lambda s: s.update(start=(0, 999)),
    "start negative": lambda s: s.update(start=(-1, 0)),
    "start of another length": lambda s: s.update(start=(0,)),
    "unknown style": lambda s: s["marks"][0].update(style="red"),
    "unknown slider": lambda s: s["marks"][0].update(by=["nothing"]),
    "array of another slider": lambda s: s["marks"][0].update(by=["logit z"]),
    "points missing": lambda s: s["marks"][0].update(y=np.zeros(11)),
    "x of another length": lambda s: s["marks"][0].update(x=np.zeros((11, 3, 1))),
    "values of another shape": lambda s: s["values"].update(p=(["logit z"], [1.0, 2.0])),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_explorer_is_rejected(case: str, monkeypatch) -> None:
    good = load(Snippet("gradients/explore"))
    bad = copy.deepcopy(good)
    BAD[case](bad)
    monkeypatch.setattr(explorers.runpy, "run_path", lambda *a, **k: {"explorer": lambda: bad})
    with pytest.raises(DocsError):
        load(Snippet("gradients/explore"))


def test_a_snippet_without_explorer_is_rejected() -> None:
    with pytest.raises(DocsError, match="no explorer"):
        load(Snippet("squared-error/definition"))


def test_numbers_as_shown() -> None:
    shown = [number(v) for v in (0.0, 0.5, -1.0, 12.3456, 202.7, 0.0004, -0.0004)]
    assert shown == ["0.000", "0.500", "−1.000", "12.346", "203", "4e−04", "−4e−04"]
    assert [step(v) for v in (0.1, 0.30000000000000004, -4.0, "one")] == ["0.1", "0.3", "−4", "one"]


@pytest.mark.parametrize("name", EXPLORERS)
def test_weight_of_an_explorer(name: str) -> None:
    """Data and picture, as the server sends them."""
    assert len(gzip.compress(render(Snippet(name)).encode(), 9)) < 9000


def test_the_script_computes_nothing() -> None:
    script = (DOCS / "assets" / "explorers.js").read_text(encoding="utf-8")
    assert "Math." not in script
    assert "toFixed" not in script


# In the browser


@pytest.mark.browser
@pytest.mark.parametrize("name", EXPLORERS)
def test_moving_an_explorer(browser, server: str, name: str) -> None:
    """Ends and some random positions: texts, paths, and what a screen reader is told."""
    spec = load(Snippet(name))
    sliders = spec["sliders"]
    html = render(Snippet(name))
    data = packed(html)
    page = browser.new_page()
    page.goto(f"{server}/{PAGES[name.split('/')[0]]}", timeout=90_000)
    box = page.locator(f".explorer:has(#{name.replace('/', '-')}-0)")
    inputs = box.locator("input")
    inputs.first.wait_for()
    assert box.locator("template[data-later]").count(), "the data is not sent with the page"
    inputs.first.focus()
    box.locator("template:not([data-later])").wait_for(state="attached")
    labels = box.locator("dt").all_text_contents()
    assert labels == list(spec["values"])
    rng = random.Random(0)
    sizes = [len(values) for values in sliders.values()]
    places = [tuple(0 for _ in sizes), tuple(size - 1 for size in sizes)]
    places += [tuple(rng.randrange(size) for size in sizes) for _ in range(6)]
    places += [positions for positions, _, _ in EXPECTED[name]]
    times = []
    for place in places:
        took = box.evaluate(
            """(box, place) => { const begin = performance.now();
            box.querySelectorAll("input").forEach((input, n) => {
              input.value = place[n];
              input.dispatchEvent(new Event("input"));
            });
            return performance.now() - begin; }""",
            list(place),
        )
        times.append(took / len(sizes))
        at = dict(zip(sliders, place, strict=True))
        for text, (by, array) in zip(
            box.locator("dd").all_text_contents(), spec["values"].values(), strict=True
        ):
            value = np.asarray(array)[tuple(at[slider] for slider in by)]
            assert text == (str(value) if isinstance(value, str) else number(float(value)))
        paths = [path.get_attribute("d") for path in box.locator("[data-mark]").all()]
        for path, mark in zip(paths, data["marks"], strict=True):
            right, down = (
                [part["start"][row], *part["moves"][row]]
                for part in mark
                for row in [index([place[n] for n in part["by"]], [sizes[n] for n in part["by"]])]
            )
            points = [[int(v) for v in p.split()] for p in re.sub("h1$", "", path[1:]).split("l")]
            assert points == [list(p) for p in zip(right, down, strict=True)]
        for n, (values, position) in enumerate(zip(sliders.values(), place, strict=True)):
            assert inputs.nth(n).get_attribute("aria-valuetext") == step(values[position])
    assert min(times) < 50, "milliseconds; others may have waited for the machine"
    box.locator("[role=status]", has_text=labels[0]).wait_for(state="attached")
    before = inputs.first.input_value()
    inputs.first.focus()
    page.keyboard.press("ArrowLeft" if int(before) else "ArrowRight")
    assert inputs.first.input_value() != before
    page.close()


@pytest.mark.browser
def test_explorers_without_javascript(browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/comparison/sliders/", timeout=90_000)
    assert page.locator(".explorer .plot-svg svg").first.is_visible()
    assert page.locator(".explorer dd").first.is_visible()
    assert not page.locator(".explorer input").first.is_visible()
    assert not page.locator(".run-bar button").count()
    context.close()


def test_pages_are_built() -> None:
    for page in PAGES.values():
        assert 'class="explorer"' in (ROOT / "site" / page / "index.html").read_text()
