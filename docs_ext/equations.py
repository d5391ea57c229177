"""What a reader can take along from one formula: plain TeX, BibTeX, its address, what checks it."""

import re
from functools import cache
from typing import TYPE_CHECKING

from docs_ext import ROOT
from docs_ext.cite import part_entry
from docs_ext.release import REPOSITORY, site_url

if TYPE_CHECKING:
    from docs_ext.formulas import Formula

SEMANTICS = "tests/test_semantics.py"
# What else looks at the function that implements a formula, and how.
_TESTS = {
    "tests/test_accuracy.py": "the function against mpmath, in units in the last place",
    "tests/test_derivatives.py": "the function against numerical derivatives",
    "tests/test_limits.py": "the function at the ends of its range",
    "tests/test_properties.py": "properties of the function at random inputs",
}


def permanent_url(id: str) -> str:
    """The address to cite; it never changes."""
    return f"{site_url()}eq/{id}/"


def bibtex(formula: "Formula") -> str:
    """The entry for one formula of this version."""
    return part_entry("equation", formula.id, formula.meaning, permanent_url(formula.id))


@cache
def _source(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def checks(formula: "Formula") -> list[tuple[str, str]]:
    """(what is checked, the file that checks it), the formula itself first."""
    found: list[tuple[str, str]] = []
    if formula.uncomputed:
        found.append((f"not evaluated: {formula.uncomputed}", f"snippets/{formula.instead}.py"))
    else:
        how = []
        if formula.equivalent:
            how.append("its lines hold together or not at all")
        elif r"\\" in formula.tex and "cases" not in formula.tex.split(r"\\")[0]:
            how.append("each line against the one before, at random points")
        elif not (formula.computed or formula.instead):
            how.append("both sides, at random points")
        if formula.computed:
            how.append(f"the result against {formula.computed}")
        if formula.attained or formula.approached or formula.strict:
            how.append("search for counterexamples")
        if formula.attained or formula.approached:
            how.append("the bound where it is tight")
        if formula.error:
            how.append(f"the error against {formula.error}")
        if formula.instead and "/" not in formula.instead:
            how.append(f"as what {formula.instead} differentiates")
        if how:
            found.append(("the formula: " + "; ".join(how), SEMANTICS))
        if formula.instead and "/" in formula.instead:
            found.append(("shown by a program", f"snippets/{formula.instead}.py"))
    if name := formula.implements:
        for path, what in _TESTS.items():
            names = name
            if path.endswith("derivatives.py"):  # it derives the names of both derivatives
                names = re.sub(r"(?<!_and)_(grad|hess)$", "", name)
            if re.search(rf"\b{names}\b", _source(path)):
                found.append((what, path))
    return found


def source_url(path: str) -> str:
    """A file of the repository, for reading."""
    return f"{REPOSITORY}/blob/main/{path}"
