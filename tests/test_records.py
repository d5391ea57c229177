"""The recorded runs: lossref is as accurate as published, and as fast as the page says."""

import pytest

from docs_ext import DocsError, records
from docs_ext.includes import directives
from tests.bounds import BOUNDS
from tests.peers import accuracy

ACCURACY = records.record("accuracy")
SPEED = records.record("speed")["lines"]
TASKS = ["sigmoid", "log_softmax", "softmax_cross_entropy_grad", "sigmoid_cross_entropy"]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_lossref_is_as_accurate_as_published(dtype: str, monkeypatch) -> None:
    """Within one ulp, since last bits differ between processors, and within the bound."""
    monkeypatch.setattr(accuracy, "TASKS", {name: accuracy.TASKS[name] for name in TASKS})
    for task, _, (ulp, _) in accuracy.cells(["lossref"], dtype):
        published = float(ACCURACY["worst"][dtype][task]["lossref"])
        assert ulp <= min(published + 1, BOUNDS[task]), task


def test_the_measure_is_not_blind() -> None:
    """Textbook code fails it, by the cells that are published."""
    found = {task: accuracy.shown(e) for task, _, e in accuracy.cells(["textbook"], "float64")}
    assert found["softmax_cross_entropy"] == "no digit"
    assert found["sigmoid_cross_entropy"] == "not finite"
    assert float(found["softmax"]) > 10


def test_published_errors_are_within_the_bounds() -> None:
    assert ACCURACY["bounds"] == {task: BOUNDS[task] for task in accuracy.TASKS}
    for table in ACCURACY["worst"].values():
        assert table.keys() == accuracy.TASKS.keys()
        for task, cells in table.items():
            assert float(cells["lossref"]) <= BOUNDS[task]
    for name in ("PyTorch", "JAX", "Optax", "SciPy", "scikit-learn", "Keras", "NumPy"):
        assert name in ACCURACY["versions"]


def test_recorded_bars() -> None:
    """What the page says: not slower than PyTorch from 1280 numbers up, slower than JAX once."""
    assert records.lowest("PyTorch", "", 1280) >= 1
    behind = [line for line in SPEED if line["shape"] != [1, 10] and line["ratios"]["JAX"] < 1]
    (once,) = behind
    assert (once["dtype"], once["loss"], once["shape"]) == (
        "float32",
        "softmax cross-entropy",
        [128, 10],
    )
    assert round(once["microseconds"]) == 14
    assert (1 - once["ratios"]["JAX"]) * once["microseconds"] < 1
    for line in SPEED:
        if line["loss"].startswith("softmax") and line["shape"][0] >= 8192:
            assert line["ratios"]["textbook"] >= 2.5
        if line["shape"] == [1, 10]:
            assert line["ratios"]["textbook"] >= 0.8
        assert line["extra kilobytes"] <= 1024
        assert {"PyTorch", "JAX", "textbook", "read and write"} <= line["ratios"].keys()


def test_who_is_ahead_on_a_single_row() -> None:
    for dtype in ("float32", "float64"):
        ahead = {
            (line["loss"].split()[0], peer)
            for line in SPEED
            if line["shape"] == [1, 10] and line["dtype"] == dtype
            for peer in ("PyTorch", "JAX", "SciPy", "scikit-learn")
            if line["ratios"].get(peer, 1) < 1
        }
        assert ahead == {
            ("softmax", "JAX"),
            ("softmax", "scikit-learn"),
            ("sigmoid", "scikit-learn"),
            ("sigmoid", "SciPy"),
        }


def test_lowest_is_not_blind(monkeypatch) -> None:
    slow = {"loss": "softmax cross-entropy", "shape": [128, 10], "ratios": {"JAX": 0.9}}
    fast = slow | {"ratios": {"JAX": 1.1}}
    monkeypatch.setattr(records, "record", lambda name: {"lines": [fast, slow, fast]})
    assert records.lowest("JAX", "softmax", 1280) == 0.9
    fast["shape"] = [1, 10]
    assert records.lowest("JAX", "softmax", 10, 10) == 1.1


@pytest.mark.parametrize(
    "name", ["accuracy/float16", "speed/hinge", "memory/softmax", "accuracy/softmax"]
)
def test_an_unknown_table_is_rejected(name: str) -> None:
    with pytest.raises(DocsError):
        records.table(name)


def test_an_unknown_chart_or_record_is_rejected() -> None:
    with pytest.raises(DocsError):
        records.chart("speed/pie")
    with pytest.raises(DocsError):
        records.record("memory")


@pytest.mark.parametrize(
    "line", ["{{ record }}", "{{ record speed/softmax | caption }}", "{{ chart speed/ratios }}"]
)
def test_a_malformed_line_is_rejected(line: str) -> None:
    with pytest.raises(DocsError):
        directives(line)


def test_tables_are_rectangular() -> None:
    for name in ("accuracy/float32", "accuracy/example", *(f"speed/{k}" for k in records.LOSSES)):
        lines = records.table(name)
        assert len({line.count("|") for line in lines}) == 1
        assert len(lines) > 6


def test_the_chart_has_words() -> None:
    drawing = records.chart("speed/ratios")
    assert "aria-label" in drawing
    assert "mean squared error, JAX: from" in drawing
    assert "var(--fig-orange)" in drawing
