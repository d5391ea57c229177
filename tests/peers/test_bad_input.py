"""The committed outcomes of other libraries on bad input are those of the installed versions."""

import json
from typing import Any

import pytest

from tests.bad_input import SECTIONS, Raises, Section
from tests.peers import libraries
from tests.peers.bad_input import PEERS, RECORD, measure

KEPT = json.loads(RECORD.read_text(encoding="utf-8"))


def same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """The same kind of outcome and warnings, and the same number to five digits."""
    if old.keys() != new.keys() or old.get("warns") != new.get("warns"):
        return False
    if "value" in old:
        return complex(old["value"]) == pytest.approx(
            complex(new["value"]), rel=1e-5, abs=0, nan_ok=True
        )
    return old.get("error") == new.get("error")


def test_comparison_of_outcomes_can_fail() -> None:
    assert same({"value": "1"}, {"value": "1.000001"})
    assert same({"value": "nan"}, {"value": "nan"})
    assert same({"error": "A", "message": "x"}, {"error": "A", "message": "y"})
    assert not same({"value": "1"}, {"value": "1.01"})
    assert not same({"value": "nan"}, {"value": "1"})
    assert not same({"value": "1"}, {"error": "A", "message": "x"})
    assert not same({"value": "1"}, {"value": "1", "warns": ["UserWarning"]})
    assert not same({"error": "A", "message": "x"}, {"error": "B", "message": "x"})


def test_the_record_is_of_the_installed_versions() -> None:
    installed = libraries.versions()
    assert {k: v for k, v in KEPT["versions"].items() if k != "Python"} == {
        k: v for k, v in installed.items() if k != "Python"
    }


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.name)
def test_outcomes(section: Section) -> None:
    kept, found = KEPT["outcomes"][section.name], measure(section)
    assert kept.keys() == found.keys()
    different = {
        (case, peer): (kept[case][peer], cell)
        for case, cells in found.items()
        for peer, cell in cells.items()
        if not same(kept[case][peer], cell)
    }
    assert not different


# Facts that the pages tell, each by the case, the library and what it does there
FACTS = [
    (0, "label -1", "Optax", "a number"),
    (0, "label -1", "textbook", "a number"),
    (0, "label -1", "Keras", "a number"),
    (0, "label -1", "PyTorch", "IndexError"),
    (0, "label -100", "PyTorch", "a number"),
    (0, "target (4, 1)", "SciPy log_softmax", "a number"),
    (0, "label 3 of 3 classes", "Optax", "nan"),
    (1, "row sums to 1.2", "PyTorch", "a number"),
    (2, "target sums to 2", "Optax", "a number"),
    (3, "target 2", "PyTorch", "a number"),
    (3, "logits (3,), target (3, 1)", "Optax", "a number"),
    (5, "(3,) and (3, 1)", "PyTorch", "a number"),
    (5, "(3,) and (3, 1)", "Optax", "ValueError"),
    (5, "uint8, 3 and 5", "textbook", "a number"),
]


@pytest.mark.parametrize(("section", "case", "peer", "what"), FACTS)
def test_facts(section: int, case: str, peer: str, what: str) -> None:
    cell = KEPT["outcomes"][SECTIONS[section].name][case][peer]
    number = "value" in cell and cell["value"] != "nan"
    assert ("a number" if number else cell.get("value", cell.get("error"))) == what


def test_no_library_answers_every_case() -> None:
    """Where lossref raises, each library somewhere returns a number instead."""
    silent = {
        peer
        for section in SECTIONS
        for case in section.cases
        if isinstance(case.answer, Raises)
        for peer, cell in KEPT["outcomes"][section.name][case.name].items()
        if cell.get("value", "nan") != "nan"
    }
    assert silent == {peer for peers in PEERS.values() for peer in peers}
