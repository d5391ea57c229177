"""The committed table of the frameworks is what the installed versions do."""

import copy
import itertools
import json
from typing import Any

import numpy as np
import pytest

from tests.peers import frameworks
from tests.peers.equals import EQUALS, ours
from tests.peers.frameworks import BACKENDS, RECORD
from tests.peers.probes import title

KEPT = json.loads(RECORD.read_text(encoding="utf-8"))
CALLS = {title(call): call for call in KEPT["calls"]}
OTHERS = [name for name, call in CALLS.items() if not call["backend"]]


def differences(kept: dict[str, Any], found: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Columns whose text is not the same, with both texts."""
    columns = kept["cells"].keys() | found["cells"].keys()
    both = {
        column: tuple(
            call["cells"].get(column, {}).get("cell", "no cell") for call in (kept, found)
        )
        for column in columns
    }
    return {column: texts for column, texts in both.items() if texts[0] != texts[1]}


def by_title(calls: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {title(call): call for call in calls}


def test_versions() -> None:
    known = {k: v for k, v in KEPT["versions"].items() if k != "TensorFlow"}
    assert known == frameworks.versions()


@pytest.mark.parametrize("backend", BACKENDS)
def test_versions_of_keras(backend: str) -> None:
    frameworks.needed(backend)
    found = frameworks.keras(backend)["versions"]
    assert {name: KEPT["versions"][name] for name in found} == found


def test_pytorch_has_no_focal_loss() -> None:
    """The page says so."""
    import torch

    assert not [n for n in {*dir(torch.nn), *dir(torch.nn.functional)} if "focal" in n.lower()]


def test_every_call_is_in_the_record() -> None:
    assert by_title(frameworks.calls()).keys() == set(OTHERS)


@pytest.mark.parametrize("name", OTHERS)
def test_cells(name: str) -> None:
    found = by_title(frameworks.calls())[name]
    assert not found["unknown"], "a parameter that no probe knows"
    assert not differences(CALLS[name], found)


@pytest.mark.parametrize("backend", BACKENDS)
def test_cells_of_keras(backend: str) -> None:
    frameworks.needed(backend)
    kept = {name: call for name, call in CALLS.items() if call["backend"] == backend}
    found = by_title(frameworks.keras(backend)["calls"])
    assert found.keys() == kept.keys()
    assert not {name for name, call in found.items() if call["unknown"]}
    assert not {n: d for n, call in found.items() if (d := differences(kept[n], call))}


@pytest.mark.parametrize("backend", BACKENDS)
def test_keras_asked_for_float64(backend: str) -> None:
    frameworks.needed(backend)
    assert frameworks.keras(backend)["asked for float64"] == KEPT["asked for float64"][backend]


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_cells_exchanged_are_noticed(backend: str) -> None:
    """Every exchange within a column, of two cells that read differently."""
    calls = [call for call in KEPT["calls"] if call["backend"] in {"", backend}]
    exchanged = 0
    for a, b in itertools.combinations(calls, 2):
        if a["family"] != b["family"]:
            continue
        for column in a["cells"].keys() & b["cells"].keys():
            if a["cells"][column]["cell"] == b["cells"][column]["cell"]:
                continue
            wrong = copy.deepcopy(a)
            wrong["cells"][column]["cell"] = b["cells"][column]["cell"]
            assert column in differences(wrong, a)
            exchanged += 1
    assert exchanged > 300


@pytest.mark.parametrize("equal", EQUALS, ids=lambda e: e.theirs)
def test_lossref_gives_the_same_number(equal: Any) -> None:
    if equal.framework != "Keras":
        given = {"": frameworks.all_outputs()[equal.framework][equal.theirs]}
    else:
        given = {
            name: frameworks.keras(name)["outputs"][equal.theirs]
            for name in BACKENDS
            if frameworks.interpreter(name)
        }
    for theirs in given.values():
        np.testing.assert_allclose(theirs, ours(equal), rtol=equal.precision, atol=0)
