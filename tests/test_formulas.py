"""Formulas: the fence, its ids, and the agreement of pages, docstrings and functions."""

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

import markdown
import pytest

import lossref
from docs_ext import DOCS, DocsError
from docs_ext.formulas import ID, Formula, all_formulas, function_anchor, parse
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
        extensions=[
            "pymdownx.arithmatex",
            "pymdownx.superfences",
            "attr_list",
            "docs_ext.formulas",
            "docs_ext.mathml",
        ],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )


def test_the_fence_becomes_math_with_its_number() -> None:
    html = _convert("\n".join(["a", "", "```formula SE.2", *GOOD, "```", "", "b"]))
    assert '<a class="formula-id" href="#SE.2" id="SE.2"' in html
    assert "<math" in html
    assert r">2(\hat{y} - y)</annotation>" in html  # plain LaTeX: a reader has none of our names
    assert "<p>b</p>" in html


def test_a_function_has_one_anchor() -> None:
    """That of the function, also where a module has its name."""
    assert function_anchor("squared_error") == "lossref.squared_error.squared_error"
    with pytest.raises(DocsError, match="no function square"):
        function_anchor("square")


def test_an_open_fence_is_rejected() -> None:
    with pytest.raises(DocsError, match="not closed"):
        _convert("\n".join(["```formula SE.2", *GOOD]))


def test_a_formula_shown_inside_another_fence_is_left_alone() -> None:
    html = _convert("\n".join(["````text", "```formula SE.2", *GOOD, "```", "````"]))
    assert "<math" not in html


@pytest.mark.parametrize(
    "text",
    ["$$\n(p - y)^2\n$$", "$$ (p - y)^2 $$", "\\[ (p - y)^2 \\]", "\\begin{align}x\\end{align}"],
)
def test_a_displayed_formula_needs_an_id(text: str) -> None:
    with pytest.raises(DocsError, match="needs an id"):
        _convert(f"Before.\n\n{text}\n\nAfter.")


@pytest.mark.parametrize("tex", [r"\hatt{y}", r"\frac{1}{", r"\left( x", r"x^2^3", r"\sumk }"])
def test_tex_that_cannot_be_set_is_rejected(tex: str) -> None:
    with pytest.raises(DocsError):
        to_mathml(tex, display=True)


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_settable(name: str) -> None:
    arguments = max((int(n) for n in re.findall(r"#(\d)", MACROS[name])), default=0)
    assert "<math" in to_mathml(f"\\{name}" + "{a}" * arguments, display=True)


def _ids_in_docstrings() -> dict[str, set[str]]:
    return {
        name: set(re.findall(rf"\[({ID.pattern})\]\[\]", getattr(lossref, name).__doc__ or ""))
        for name in lossref.__all__
    }


@pytest.mark.parametrize("id", all_formulas())
def test_every_formula_can_be_set(id: str) -> None:
    formula = all_formulas()[id]
    try:
        to_mathml(formula.tex, display=True)
    except DocsError as error:
        pytest.fail(f"{id} on {formula.page}: {error}", pytrace=False)


# --- coverage: the grid of what there is to know -------------------------------------------------

ROWS = [
    "Value", "Range", "Gradient", "Hessian", "Convexity", "Bound of the gradient",
    "Sure and right", "Sure and wrong", "Minimizer of the mean",
]  # fmt: skip


def grid(text: str) -> dict[tuple[str, str, str], list[str]]:
    """(output, property, loss) -> the ids in that cell, from the tables of docs/formulas.md."""
    found: dict[tuple[str, str, str], list[str]] = {}
    output, losses = "", []
    for line in text.splitlines():
        if heading := re.match(r"^### (\w+) output", line):
            output = heading[1]
        elif line.startswith("| | "):
            losses = [cell.strip() for cell in line.strip("| ").split("|")]
        elif line.startswith("| ") and not line.startswith("| ---"):
            row, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            for loss, cell in zip(losses, cells, strict=True):
                found[output, row, loss] = re.findall(rf"\[({ID.pattern})\]\[\]", cell)
    return found


def holes(text: str) -> list[tuple[str, str, str]]:
    """Cells of the grid that no formula backs, or that are missing."""
    cells = grid(text)
    wanted = itertools.product(
        ["Linear", "Sigmoid", "Softmax"], ROWS, ["Cross-entropy", "Squared error", "Half"]
    )
    return [key for key in wanted if not cells.get(key)]


GRID = (DOCS / "formulas.md").read_text(encoding="utf-8")


def test_every_cell_of_the_grid_names_a_formula() -> None:
    assert not holes(GRID)
    assert {id for ids in grid(GRID).values() for id in ids} <= all_formulas().keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| 1, [BCE.12][] |", "| 1 |"),
        ("| 1, [BCE.12][] |", "| 1, BCE.12 |"),
        ("### Sigmoid output", "### Output"),
        ("| Hessian | [SCE.6][]", "| Curvature | [SCE.6][]"),
    ],
)
def test_a_hole_in_the_grid_is_found(old: str, new: str) -> None:
    assert GRID.count(old) == 1, "the table is out of date"
    assert holes(GRID.replace(old, new))


# --- page, docstring and function agree: what must be caught --------------------------------------


def _disagreements(
    formulas: Mapping[str, Formula], named: Mapping[str, set[str]], public: Collection[str]
) -> list[str]:
    """Formulas, ids in docstrings and functions that do not fit together."""
    found = []
    for id, formula in formulas.items():
        where = f"{id} on {formula.page}"
        function = formula.implements
        if function and function not in public:
            found.append(f"{where} names lossref.{function}, which does not exist")
        elif function and id not in named.get(function, ()):
            found.append(f"{where} names lossref.{function}, which does not name it")
        elif id.startswith("EXE."):
            continue  # an answer is a function at numbers: no definition of it
        elif not function and (call := _plain_call(formula.computed or "")) in public:
            found.append(f"{where} is what lossref.{call} computes: say so under 'implements'")
    for name in public:
        found += [] if named.get(name) else [f"lossref.{name} names no formula"]
        found += [
            f"lossref.{name} names {id}, which is on no page" for id in named.get(name, ())
            if id not in formulas
        ]  # fmt: skip
    return found


def _plain_call(code: str) -> str:
    """`f` where the code is a call of f with names for arguments, else nothing."""
    match = re.fullmatch(r"(\w+)\((?:(?:\w+=)?[a-z_]+(?:, )?)+\)", code)
    return match[1] if match else ""


def test_pages_docstrings_and_functions_agree() -> None:
    found = _disagreements(all_formulas(), _ids_in_docstrings(), lossref.__all__)
    assert not found, "\n".join(found)


_F = Formula("SE.2", "Gradient", "x", "squared_error_grad", None, page="p.md")
_NAMED = {"squared_error_grad": {"SE.2"}}
DISAGREEMENTS = {
    "page names a function that is misspelled": (replace(_F, implements="square"), _NAMED),
    "docstring names another id": (_F, {"squared_error_grad": {"SE.3"}}),
    "docstring names one more": (_F, {"squared_error_grad": {"SE.2", "SE.99"}}),
    "docstring names none": (_F, {"squared_error_grad": set()}),
    "page keeps silent about the function": (
        replace(_F, implements=None, check="definition", computed="squared_error_grad(pred, y)"),
        _NAMED,
    ),
}


@pytest.mark.parametrize("case", DISAGREEMENTS)
def test_a_disagreement_is_found(case: str) -> None:
    formula, named = DISAGREEMENTS[case]
    public = ["squared_error_grad"]
    assert not _disagreements({"SE.2": _F}, _NAMED, public)
    found = _disagreements({"SE.2": formula}, named, public)
    assert found
    assert "SE." in found[0] or "lossref." in found[0]
