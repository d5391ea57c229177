"""The recorded errors of the libraries are those of the installed versions; the benchmark runs."""

import json
import subprocess
import sys

from tests.peers import libraries

# isort: split
import pytest

from docs_ext import ROOT
from tests.peers import bench


def near(old: str, new: str) -> bool:
    """The same verdict, or errors within a factor of 2 and 1 ulp: last bits differ by processor."""
    try:
        a, b = float(old), float(new)
    except ValueError:
        return old == new
    return a <= 2 * b + 1 and b <= 2 * a + 1


def test_comparison_of_cells_can_fail() -> None:
    assert near("1.5", "2.1")
    assert near("5e5", "4e5")
    assert near("no digit", "no digit")
    assert not near("1.5", "30.1")
    assert not near("no digit", "1.5")
    assert not near("5e5", "no digit")


def test_recorded_errors() -> None:
    kept = json.loads((ROOT / "docs" / "api" / "accuracy.json").read_text(encoding="utf-8"))
    done = subprocess.run(  # in a process of its own: Keras has one backend for a process
        [sys.executable, "-m", "tests.peers.accuracy", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    assert found["example"] == kept["example"]
    different = {
        (dtype, task, name): (cell, found["worst"][dtype][task].get(name))
        for dtype, table in kept["worst"].items()
        for task, cells in table.items()
        for name, cell in cells.items()
        if not near(cell, found["worst"][dtype][task].get(name, "missing"))
    }
    assert not different


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("loss", bench.LOSSES)
@pytest.mark.filterwarnings("ignore:.*np.float.*:DeprecationWarning")
def test_the_benchmark_runs(loss: str, dtype: str) -> None:
    """All contestants agree with lossref, or `measure` raises; no time is judged."""
    line = bench.measure(loss, (64, 10), dtype, 0.0)
    expected = bench.CONTESTANTS.keys() - {"lossref"}
    if loss == bench.LOSSES[2]:
        expected -= {"SciPy"}
    assert line["ratios"].keys() == expected
    assert min(line["ratios"].values()) > 0
    assert line["extra kilobytes"] <= 1024


def test_a_contestant_that_computes_something_else_is_found() -> None:
    a, b = bench.data(bench.LOSSES[2], (8, 10), "float64")
    turns = {
        "lossref": bench.lossref_turn(bench.LOSSES[2], a, b),
        "half": lambda: (((a - b) ** 2).mean() / 2, (a - b) / a.size),
    }
    with pytest.raises(AssertionError, match="half computes something else"):
        bench.agree(turns, "float64")


def test_a_library_that_is_missing_is_left_out(monkeypatch, capsys) -> None:
    monkeypatch.setattr(libraries, "load", lambda name: None)
    line = bench.measure(bench.LOSSES[0], (8, 10), "float64", 0.0)
    assert line["ratios"].keys() == {"lossref, out=", "textbook", "read and write"}
    monkeypatch.setattr(bench, "measure", lambda *_: line)
    monkeypatch.setattr(sys, "argv", ["bench", "--quick"])
    bench.main()
    assert "Keras is not installed" in capsys.readouterr().out
