"""Docstrings: their sections, their parameters, and the shapes that they promise."""

import inspect
import re
from typing import Any

import numpy as np
import pytest

import lossref
from docs_ext.citations import entries

ORDER = ["Parameters", "Returns", "Raises", "Notes", "Examples", "References"]
OPTIONAL = {"Notes", "References"}

ROWS = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(["z", "logits", "prediction", "probability", "probabilities", "p", "q"], ROWS),
    "priors": ROWS[0],
    "classes": 3,
    "epsilon": 0.1,
    "trained": 0.5,
    "actual": 0.1,
}
LABELS = re.compile("softmax|categorical|brier|smooth")  # the others take a target for each element
# what the text says of a result for ROWS, and the shape of that result
SHAPES = {
    r"[Ss]hape \(\.\.\.\)": (2,),
    r"[Ss]hape \(\.\.\., K\)": (2, 3),
    r"[Ss]hape \(\.\.\., K, K\)": (2, 3, 3),
    r"in the shape of `": (2, 3),
    r"per element": (2, 3),
    r"per row": (2,),
}
CALLED = [name for name in lossref.__all__ if "gradient" not in name and name != "weighted_mean"]


def sections(doc: str) -> dict[str, str]:
    """The text under each heading."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.cleandoc(doc), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def faults(name: str, doc: str) -> list[str]:
    """What is wrong with the docstring of a function."""
    text, found = sections(doc), []
    if list(text) != [part for part in ORDER if part in text or part not in OPTIONAL]:
        found.append(f"{name} has the sections {list(text)}")
    headings = re.findall(r"^(\w[\w, ]*?)(?: : .*)?$", text.get("Parameters", ""), re.MULTILINE)
    documented = [part for heading in headings for part in heading.split(", ")]
    if documented != list(inspect.signature(getattr(lossref, name)).parameters):
        found.append(f"{name} documents {documented}")
    if ">>> " not in text.get("Examples", ""):
        found.append(f"{name} has no example")
    cited = re.findall(r"\[@(\w+)\]", doc)
    found += [f"{name} cites {key}, which is no entry" for key in cited if key not in entries()]
    said = {shape for words, shape in SHAPES.items() if re.search(words, text.get("Returns", ""))}
    if said and name in CALLED and said != (shapes := {np.shape(result(name))}):
        found.append(f"{name} promises {said}, and gives {shapes}")
    return found


def result(name: str) -> Any:
    """What a function gives for ROWS; of a value and a gradient, the gradient."""
    function = getattr(lossref, name)
    known = ARGUMENTS | {"target": [0, 2] if LABELS.search(name) else ROWS}
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    got = function(**{p.name: known[p.name] for p in needed})
    return got[1] if isinstance(got, tuple) else got


@pytest.mark.parametrize("name", lossref.__all__)
def test_docstring(name: str) -> None:
    assert not faults(name, getattr(lossref, name).__doc__)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("huber", "delta : float", "width : float", "documents ['prediction', 'target', 'width']"),
        ("huber", ">>> ", "", "no example"),
        ("huber", "Raises\n", "Errors\n", "sections"),
        ("huber", "[@Huber64]", "[@Huber46]", "huber cites Huber46"),
        ("huber", "per element", "per row", "gives {(2, 3)}"),
        ("softmax", "(..., K); rows", "(..., K, K); rows", "promises {(2, 3, 3)}"),
        ("entropy", "One value", "A value", ""),
    ],
)
def test_a_fault_of_a_docstring_is_found(name: str, old: str, new: str, says: str) -> None:
    doc = getattr(lossref, name).__doc__
    assert old in doc
    found = faults(name, doc.replace(old, new))
    assert bool(found) == bool(says)
    assert says in " ".join(found)
