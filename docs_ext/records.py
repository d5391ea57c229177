"""Recorded runs: `docs/api/accuracy.json` and `docs/api/speed.json` as tables, a chart and values.

`make accuracy ARGS=--record` and `make bench ARGS=--record` write the records; the pages only show
them, so a build needs none of the libraries that were measured. The record of the seeded faults is
shown by the same lines, and lies with their table: docs_ext/mutants.py.
"""

import datetime
import html
import io
import json
from functools import cache
from typing import Any

from docs_ext import DOCS, DocsError, mutants
from docs_ext.figures import STYLE, svg_for_page

LOSSES = {
    "softmax": "softmax cross-entropy",
    "sigmoid": "sigmoid cross-entropy",
    "squared": "mean squared error",
}
PEERS = ["PyTorch", "JAX", "SciPy", "scikit-learn", "Keras"]


@cache
def record(name: str) -> dict[str, Any]:
    """One committed record."""
    path = DOCS / "api" / f"{name}.json"
    if not path.is_file():
        raise DocsError(f"there is no record docs/api/{name}.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def accuracy_table(dtype: str) -> list[str]:
    """Worst errors of every function, one column for each library."""
    kept = record("accuracy")
    columns = ["lossref", *PEERS, "textbook"]
    lines = [_row(["function", "bound", *columns]), _row(["---", *["---:"] * (len(columns) + 1)])]
    for function, cells in kept["worst"][dtype].items():
        cells = {name: f"**{cell}**" if name == "lossref" else cell for name, cell in cells.items()}
        link = f"[`{function}`][lossref.{function}]"
        bound = str(kept["bounds"][function])
        lines.append(_row([link, bound, *(cells.get(name, "–") for name in columns)]))
    return lines


def example_table() -> list[str]:
    """One row of logits in the hands of each library."""
    lines = [_row(["library", "loss", "derivative at the target"]), _row(["---", "---:", "---:"])]
    for name, cells in record("accuracy")["example"].items():
        lines.append(_row([f"**{name}**" if name == "lossref" else name, *cells]))
    return lines


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 9.95 else f"{value:.0f}"


def speed_table(loss: str) -> list[str]:
    """Time of lossref, and the others as multiples of it, by size and dtype."""
    found = [line for line in record("speed")["lines"] if line["loss"] == LOSSES[loss]]
    columns = [name for name in PEERS if any(name in line["ratios"] for line in found)]
    columns += ["textbook", "read and write"]
    head = ["dtype", "size", "lossref, µs", *columns]
    lines = [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
    for line in found:
        rows, width = line["shape"]
        size = (
            f"{rows}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{width}"
            if loss == "softmax"
            else str(rows * width)
        )
        time = (
            f"{line['microseconds']:.0f}"
            if line["microseconds"] >= 100
            else (f"{line['microseconds']:.1f}")
        )
        ratios = [
            _ratio(line["ratios"][name]) if name in line["ratios"] else "–" for name in columns
        ]
        lines.append(_row([line["dtype"], size, time, *ratios]))
    return lines


def table(name: str) -> list[str]:
    """The table `accuracy/float64` or `speed/softmax` as Markdown."""
    kind, part = name.split("/")
    if kind == "accuracy" and part in record("accuracy")["worst"]:
        return accuracy_table(part)
    if name == "accuracy/example":
        return example_table()
    if kind == "speed" and part in LOSSES:
        return speed_table(part)
    if kind == "mutants":
        return mutants.table(part)
    raise DocsError(f"there is no recorded table {name!r}")


ALT = (
    "Three panels, one for each loss: time of the others divided by the time of lossref against "
    "the number of elements, in float32, both axes logarithmic. {words}"
)


@cache
def chart(name: str) -> str:
    """The chart `speed/ratios` as SVG for a page."""
    if name != "speed/ratios":
        raise DocsError(f"there is no recorded chart {name!r}")
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.use("svg")
    lines = [line for line in record("speed")["lines"] if line["dtype"] == "float32"]
    marks = {"PyTorch": ("C1", "o-"), "JAX": ("C2", "s--"), "textbook": ("C3", "^:")}
    words = []
    with plt.style.context(["default", STYLE]), mpl.rc_context({"svg.hashsalt": name}):
        figure, panels = plt.subplots(1, 3, figsize=(8.6, 3.2), sharey=True)
        for axes, loss in zip(panels, LOSSES.values(), strict=True):
            chosen = [line for line in lines if line["loss"] == loss]
            sizes = [line["shape"][0] * line["shape"][1] for line in chosen]
            for peer, (color, style) in marks.items():
                ratios = [line["ratios"].get(peer, float("nan")) for line in chosen]
                axes.plot(sizes, ratios, style, color=color, label=peer)
                words.append(
                    f"{loss}, {peer}: from {_ratio(ratios[0])} to {_ratio(ratios[-1])} times."
                )
            axes.axhline(1, color="C0")
            axes.set(title=loss, xscale="log", yscale="log", xlabel="elements")
            axes.set_yticks([0.5, 1, 2, 5, 10, 20], ["½", "1", "2", "5", "10", "20"])
            axes.minorticks_off()
        panels[0].set_ylabel("time / time of lossref")
        panels[-1].legend()
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return svg_for_page(out.getvalue(), ALT.format(words=" ".join(words)))


def _conditions(name: str) -> str:
    kept = record(name)
    day = datetime.date.fromisoformat(kept["date"])
    versions = ", ".join(f"{library} {version}" for library, version in kept["versions"].items())
    machine = kept["machine"]
    wide = "with" if any(s.startswith(("AVX512", "X86_V4")) for s in machine["simd"]) else "without"
    text = f"{day:%B} {day.day}, {day.year}, {machine['cpu']} ({machine['system']}, {wide} AVX-512)"
    return html.escape(f"{text}; {versions}")


def lowest(peer: str, loss: str, elements: int, most: float = float("inf")) -> float:
    """The smallest recorded ratio of a peer for inputs of at least so many elements."""
    return min(
        line["ratios"][peer]
        for line in record("speed")["lines"]
        if loss in line["loss"]
        and elements <= line["shape"][0] * line["shape"][1] <= most
        and peer in line["ratios"]
    )


def values() -> list[tuple[str, str]]:
    """Values for the prose, as (where, lines `name = value`) for `docs_ext.values`."""
    speed = {
        "speed_conditions": _conditions("speed"),
        "speed_torch_low": _ratio(lowest("PyTorch", "", 1280)),
        "speed_jax_low": _ratio(lowest("JAX", "", 1280)),
        "speed_jax_row_low": _ratio(lowest("JAX", "", 10, 10)),
        "speed_sklearn_row_low": _ratio(lowest("scikit-learn", "", 10, 10)),
        "speed_scipy_row_low": _ratio(lowest("SciPy", "", 10, 10)),
        "speed_softmax_textbook_low": _ratio(lowest("textbook", "softmax", 81920)),
        "speed_sigmoid_textbook_low": _ratio(lowest("textbook", "sigmoid", 81920)),
        "speed_squared_textbook_low": _ratio(lowest("textbook", "squared", 81920)),
        "speed_textbook_low": _ratio(lowest("textbook", "", 1)),
        "speed_extra_memory": str(
            max(line["extra kilobytes"] for line in record("speed")["lines"])
        ),
    }
    accuracy = {"accuracy_conditions": _conditions("accuracy")}
    return [
        (f"api/{name}.json", "\n".join(f"{key} = {text}" for key, text in found.items()))
        for name, found in (("speed", speed), ("accuracy", accuracy))
    ] + [mutants.values()]
