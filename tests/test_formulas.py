"""Formulas: the fence, its ids, and the agreement of pages, docstrings and functions."""

import re

import markdown
import pytest

import lossref
from docs_ext import DocsError
from docs_ext.formulas import ID, all_formulas, parse
from docs_ext.macros import MACROS
from docs_ext.mathml import to_mathml

GOOD = ["implements: squared_error_grad", "meaning: Gradient", "---", r"2(\pred - y)"]

BAD = {
    "id without number": ("SE", GOOD),
    "id in lower case": ("se.2", GOOD),
    "number zero": ("SE.0", GOOD),
    "no id": ("", GOOD),
    "no meaning": ("SE.2", ["implements: f", "---", "x"]),
    "neither implements nor check": ("SE.2", ["meaning: m", "---", "x"]),
    "both implements and check": ("SE.2", ["implements: f", "check: c", "meaning: m", "---", "x"]),
    "unknown key": ("SE.2", [*GOOD[:2], "color: red", *GOOD[2:]]),
    "key twice": ("SE.2", ["meaning: a", *GOOD]),
    "empty value": ("SE.2", ["meaning:", "implements: f", "---", "x"]),
    "uncomputed without evidence": ("SE.2", ["uncomputed: because", *GOOD]),
    "no separator": ("SE.2", ["implements: f", "meaning: m", "x"]),
    "no TeX": ("SE.2", GOOD[:3]),
}


@pytest.mark.parametrize("case", BAD)
def test_a_malformed_formula_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        parse(*BAD[case])


def test_a_good_formula_is_read() -> None:
    formula = parse("SE.2", GOOD)
    assert (formula.id, formula.implements, formula.tex) == (
        "SE.2",
        "squared_error_grad",
        r"2(\pred - y)",
    )


def _convert(text: str) -> str:
    return markdown.markdown(
        text,
        extensions=["pymdownx.superfences", "attr_list", "docs_ext.formulas", "docs_ext.mathml"],
    )


def test_the_fence_becomes_math_with_its_number() -> None:
    html = _convert("\n".join(["a", "", "```formula SE.2", *GOOD, "```", "", "b"]))
    assert '<a class="formula-id" href="#SE.2" id="SE.2"' in html
    assert "<math" in html
    assert r">2(\hat{y} - y)</annotation>" in html  # plain LaTeX: a reader has none of our names
    assert "<p>b</p>" in html


def test_an_open_fence_is_rejected() -> None:
    with pytest.raises(DocsError, match="not closed"):
        _convert("\n".join(["```formula SE.2", *GOOD]))


def test_a_formula_shown_inside_another_fence_is_left_alone() -> None:
    html = _convert("\n".join(["````text", "```formula SE.2", *GOOD, "```", "````"]))
    assert "<math" not in html


@pytest.mark.parametrize("tex", [r"\hatt{y}", r"\frac{1}{", r"\left( x", r"x^2^3", r"\sumk }"])
def test_tex_that_cannot_be_set_is_rejected(tex: str) -> None:
    with pytest.raises(DocsError):
        to_mathml(tex, display=True)


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_settable(name: str) -> None:
    arguments = max((int(n) for n in re.findall(r"#(\d)", MACROS[name])), default=0)
    assert "<math" in to_mathml(f"\\{name}" + "{a}" * arguments, display=True)


def test_pages_name_functions_that_exist() -> None:
    unknown = {
        f"{formula.id} on {formula.page}: {formula.implements}"
        for formula in all_formulas().values()
        if formula.implements and formula.implements not in lossref.__all__
    }
    assert not unknown


def _ids_in_docstrings() -> dict[str, set[str]]:
    return {
        name: set(re.findall(rf"\[({ID.pattern})\]\[\]", getattr(lossref, name).__doc__ or ""))
        for name in lossref.__all__
    }


def test_every_function_names_a_formula_that_is_on_a_page() -> None:
    formulas = all_formulas()
    for name, ids in _ids_in_docstrings().items():
        assert ids, f"lossref.{name} names no formula id"
        assert ids <= formulas.keys(), f"lossref.{name} names {ids - formulas.keys()}: on no page"


def test_a_function_names_each_formula_that_says_it_implements_it() -> None:
    ids = _ids_in_docstrings()
    silent = {
        f"{formula.id} on {formula.page} names lossref.{formula.implements}, which does not name it"
        for formula in all_formulas().values()
        if formula.implements and formula.id not in ids.get(formula.implements, set())
    }
    assert not silent, "\n".join(sorted(silent))


@pytest.mark.parametrize("id", all_formulas())
def test_every_formula_can_be_set(id: str) -> None:
    formula = all_formulas()[id]
    try:
        to_mathml(formula.tex, display=True)
    except DocsError as error:
        pytest.fail(f"{id} on {formula.page}: {error}", pytrace=False)
