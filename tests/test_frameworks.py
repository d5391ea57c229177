"""The table of the frameworks, without the frameworks.

The record holds what each call answered. The probes come to the same text from these answers, so a
cell that was edited or exchanged by hand is noticed here; that the answers are those of the real
libraries is for `make peers`.
"""

import itertools
import json
import re
from pathlib import Path

import markdown
import numpy as np
import pytest

from docs_ext import DOCS, ROOT, DocsError
from docs_ext.frameworks import DIRECTIVE, columns_of, joined
from tests.peers.equals import EQUALS, Equal, ours, table
from tests.peers.probes import (
    FAMILIES,
    Outcome,
    Replay,
    UnexplainedError,
    replay,
    shown,
    title,
    which,
)

RECORD = json.loads((ROOT / "tests/peers/frameworks.json").read_text(encoding="utf-8"))
CALLS = {title(call): call for call in RECORD["calls"]}


@pytest.mark.parametrize("name", CALLS)
def test_the_cells_are_what_the_answers_say(name: str) -> None:
    call = CALLS[name]
    assert call["cells"].keys() == FAMILIES[call["family"]].keys()
    assert not call["unknown"]
    for column, cell in call["cells"].items():
        assert replay(call, column) == cell["cell"], column


def test_an_exchange_of_two_cells_is_noticed() -> None:
    """Of any two calls of a family: whole cells, answers and text, also fit nowhere else."""
    caught = 0
    for a, b in itertools.combinations(RECORD["calls"], 2):
        if a["family"] != b["family"]:
            continue
        for column, cell in a["cells"].items():
            text = b["cells"][column]["cell"]
            if text != cell["cell"]:
                assert replay(a, column) != text
                caught += 1
    assert caught > 1000


def test_every_library_and_backend_is_recorded() -> None:
    assert {(call["framework"], call["backend"]) for call in RECORD["calls"]} == {
        *((name, "") for name in ("PyTorch", "Optax", "scikit-learn", "NumPy", "SciPy")),
        *(("Keras", name) for name in ("torch", "jax", "numpy", "tensorflow")),
        *((name, "") for name in ("XGBoost", "LightGBM")),
    }


@pytest.mark.parametrize("equal", EQUALS, ids=lambda e: f"{e.framework} {e.theirs}")
def test_lossref_gives_the_recorded_number(equal: Equal) -> None:
    expected = ours(equal)
    given = {
        name: found[equal.theirs]
        for name, found in RECORD["outputs"].items()
        if name.partition(" (")[0] == equal.framework
    }
    assert len(given) == (4 if equal.framework == "Keras" else 1)
    for theirs in given.values():
        assert np.shape(theirs) == expected.shape
        np.testing.assert_allclose(theirs, expected, rtol=equal.precision, atol=0)


def test_every_loss_has_a_line_of_lossref() -> None:
    """Each framework in each family of losses."""
    learners = {"objectives", "linear"}
    wanted = {(c["framework"], c["family"]) for c in RECORD["calls"] if c["family"] not in learners}
    assert wanted <= {(equal.framework, equal.family) for equal in EQUALS}


def number(value: float, dtype: str = "float64") -> Outcome:
    return Outcome(np.asarray(value), dtype)


# What a probe must not accept
UNEXPLAINED = {
    "no candidate": (number(1.5), {"a": 1.0, "b": 2.0}),
    "two candidates": (number(1.0), {"a": 1.0, "b": 1.0}),
    "an error": (Outcome(np.array(np.nan), "", "ValueError"), {"a": 1.0}),
    "one number for an array": (number(1.0), {"a": [1.0]}),
    "seven digits in float64": (number(1.0000001), {"a": 1.0}),
    "four digits in float32": (number(1.0001, "float32"), {"a": 1.0}),
    "nan": (number(np.nan), {"a": 1.0}),
}


@pytest.mark.parametrize("case", UNEXPLAINED)
def test_an_answer_without_explanation_is_an_error(case: str) -> None:
    outcome, candidates = UNEXPLAINED[case]
    with pytest.raises(UnexplainedError):
        which(outcome, candidates)


def test_answers_left_over_are_an_error() -> None:
    call = json.loads(json.dumps(CALLS["PyTorch F.mse_loss [squared]"]))
    call["cells"]["Factor"]["asked"] *= 2
    with pytest.raises(UnexplainedError, match="1 of 2"):
        replay(call, "Factor")


def test_answers_that_are_missing_are_an_error() -> None:
    with pytest.raises(IndexError):
        FAMILIES["squared"]["Factor"](Replay({}, [], {}))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (np.inf, "∞"), (-np.inf, "−∞"), (np.nan, "nan"), (16.11809, "16.12"),
     (-0.69314, "−0.6931"), (2.22e-16, "2.2·10⁻¹⁶"), (-4.2e-18, "−4.2·10⁻¹⁸")],
)  # fmt: skip
def test_numbers_as_the_table_shows_them(value: float, text: str) -> None:
    assert shown(number(value)) == text


def test_cells_of_several_backends() -> None:
    assert joined({"jax": "1", "torch": "1"}) == "1"
    assert joined({"jax": "1", "numpy": "2", "torch": "1"}) == "jax, torch: 1; numpy: 2"


def test_the_page_shows_the_lines_that_are_tested() -> None:
    assert RECORD["equals"] == table()


def shown_by(page: str) -> list[dict[str, str]]:
    lines = (DOCS / "practice" / page).read_text(encoding="utf-8").splitlines()
    return [match.groupdict("") for line in lines if (match := DIRECTIVE.fullmatch(line))]


def test_keras_asked_for_float64() -> None:
    """As the page says: the digits of float32 on all backends but one, whatever the type says."""
    kept = dict(RECORD["asked for float64"])
    calls = {c["name"] for c in RECORD["calls"] if c["framework"] == "Keras"}
    assert all(found.keys() == calls for found in kept.values())
    assert all(found == ["float64", "float64"] for found in kept.pop("tensorflow").values())
    assert kept.keys() == {"torch", "jax", "numpy"}
    for found in kept.values():
        for name in ("MeanSquaredError", "Huber", "BinaryCrossentropy", "BinaryFocalCrossentropy"):
            assert found[name] == ["float64", "float32"]
        assert found["BinaryCrossentropy(from_logits=True)"] == ["float64", "float32"]


def test_a_call_with_dashes_only_is_left_out() -> None:
    html = convert("{{ behavior binary | Weight of positives }}")
    assert html.count("<tr>") == 2
    assert "F.binary_cross_entropy_with_logits" in html


@pytest.mark.parametrize("family", FAMILIES)
def test_every_cell_is_on_the_page_once(family: str) -> None:
    shown = [
        column
        for found in shown_by("frameworks.md")
        if found["kind"] == "behavior" and found["name"] == family
        for column in found["columns"].split("; ")
    ]
    assert sorted(shown) == sorted(columns_of(family))


def test_every_line_of_lossref_is_on_the_page_once() -> None:
    shown = [found["name"] for found in shown_by("frameworks.md") if found["kind"] == "same"]
    assert sorted(shown) == sorted({equal.family for equal in EQUALS})


def test_every_translated_program_is_on_the_page_once() -> None:
    programs = ROOT / "tests/peers/translate"
    there = sorted(
        p.relative_to(programs).with_suffix("").as_posix() for p in programs.rglob("*.py")
    )
    shown = [found["name"] for found in shown_by("translate.md") if found["kind"] == "translate"]
    assert sorted(shown) == there


def convert(text: str) -> str:
    extensions = ["md_in_html", "tables", "attr_list", "docs_ext.frameworks"]
    return markdown.markdown(text, extensions=extensions)


def test_a_cell_reaches_the_page_with_its_heading() -> None:
    html = convert("{{ behavior squared | Factor; Arguments }}")
    assert '<td data-label="Factor">1</td>' in html
    assert '<td data-label="Call">PyTorch <code>F.mse_loss</code></td>' in html


BAD_LINES = {
    "unknown family": "{{ behavior cubic | Factor }}",
    "unknown column": "{{ behavior squared | Favor }}",
    "no columns": "{{ behavior squared }}",
    "columns of the lines of lossref": "{{ same squared | Factor }}",
    "no line of lossref": "{{ same linear }}",
    "versions of something": "{{ versions squared }}",
    "no program": "{{ translate pytorch/cubic }}",
    "no name": "{{ translate }}",
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        convert(BAD_LINES[case])


def test_a_line_in_a_fence_is_left_alone() -> None:
    text = "```text\n{{ versions }}\n```\n"
    assert "{{ versions }}" in convert(text)


OUTPUTS = sorted((ROOT / "tests/peers/translate").rglob("*.out"))


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_translation_gives_the_same_number_twice(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 2
    for line in lines:
        _, theirs, ours = line.rsplit(maxsplit=2)
        assert float(theirs) == float(ours)
        assert theirs == ours


def test_every_program_has_its_output() -> None:
    programs = {path.with_suffix(".out") for path in (ROOT / "tests/peers/translate").rglob("*.py")}
    assert programs == set(OUTPUTS)


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_shape_of_a_program(path: Path) -> None:
    source = path.with_suffix(".py").read_text(encoding="utf-8")
    assert "\nimport lossref\n" in source
    assert max(map(len, source.splitlines())) <= 88, "wider than a page shows without scrolling"
    assert not re.search(r"^\s*#", source, re.MULTILINE), "the page explains"
