"""What a figure shows, in numbers and words, to compare with the record of what it showed."""

import json
import math
import re
from typing import Any

import numpy as np

from docs_ext import ROOT
from docs_ext.figures import alt_text
from docs_ext.snippets import Snippet

RECORD = ROOT / "tests" / "figures.json"


def _short(values: Any) -> list[float]:
    return [float(f"{float(value):.4g}") for value in values]


def _line(line: Any) -> list[Any]:
    x, y = (np.asarray(a, float) for a in (line.get_xdata(), line.get_ydata()))
    look = f"{line.get_color()} {line.get_linestyle()} {line.get_marker()}"
    middle = y[len(y) // 3]
    return [look, len(x), *_short([x[0], x[-1], y[0], middle, y[-1], np.min(y), np.max(y)])]


def _shape(shape: Any) -> list[Any]:
    points = np.concatenate([path.vertices for path in shape.get_paths()] or [np.zeros((1, 2))])
    values = shape.get_array() if hasattr(shape, "get_array") else None
    number = [] if values is None else _short([np.mean(values)])
    return [type(shape).__name__, *_short([*points.min(axis=0), *points.max(axis=0), *number])]


def _patch(patch: Any) -> list[Any]:
    place = patch.get_patch_transform().transform_path(patch.get_path()).get_extents()
    return [type(patch).__name__, *_short(place.extents)]


def shown(figure: Any) -> list[dict[str, Any]]:
    """Curves, areas, boxes, words and limits of each axes."""
    found = []
    for axes in figure.axes:
        texts = [axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()]
        found.append(
            {
                "lines": [_line(line) for line in axes.lines],
                "areas": [_shape(shape) for shape in axes.collections],
                "patches": [_patch(patch) for patch in axes.patches],
                "texts": [*texts, *(text.get_text() for text in axes.texts)],
                "limits": _short([*axes.get_xlim(), *axes.get_ylim()]),
            }
        )
    return found


def alike(a: Any, b: Any) -> bool:
    """Equal up to what last digits and rounding move."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=2e-3, abs_tol=1e-6) or (math.isnan(a) and math.isnan(b))
    return bool(a == b)


def unlike(fresh: list[dict[str, Any]], kept: list[dict[str, Any]]) -> list[str]:
    """What a figure shows otherwise than it did."""
    if len(fresh) != len(kept):
        return [f"{len(fresh)} axes, recorded {len(kept)}"]
    return [
        f"{part}: {new}, recorded {old}"
        for now, then in zip(fresh, kept, strict=True)
        for part in then
        for new, old in _pairs(now[part], then[part])
        if not alike(new, old)
    ]


def _pairs(now: list[Any], then: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(now, then, strict=True)) if len(now) == len(then) else [(now, then)]


def record() -> dict[str, list[dict[str, Any]]]:
    """What every figure showed when it was looked at."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def write(name: str, fresh: list[dict[str, Any]]) -> None:
    """Record a figure; one line a figure, so that a diff shows which one changed."""
    kept = (record() if RECORD.is_file() else {}) | {name: fresh}
    lines = [f"{json.dumps(n)}: {json.dumps(kept[n], ensure_ascii=False)}" for n in sorted(kept)]
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def unfounded(snippet: Snippet, figure: Any) -> list[str]:
    """Decimals in the alt text that the program does not contain, print or draw."""
    code = re.sub(r'""".*?"""', "", snippet.source, flags=re.DOTALL)
    known = [float(n) for n in re.findall(r"\d*\.?\d+(?:e-?\d+)?", f"{code} {snippet.output}")]
    for axes in figure.axes:
        for line in axes.lines:
            for data in (line.get_xdata(), line.get_ydata()):
                data = np.asarray(data, float)
                known += [data[0], data[-1], np.nanmin(data), np.nanmax(data)]
        for area in axes.collections:
            known += [] if area.get_array() is None else list(np.ravel(area.get_array()))
        known += [float(n) for t in axes.texts for n in re.findall(r"\d+\.\d+", t.get_text())]
    return [
        number
        for number in re.findall(r"\d*\.\d+", alt_text(snippet))
        if not any(
            abs(abs(value) - float(number)) <= 0.5001 * 10.0 ** -len(number.partition(".")[2])
            for value in known
        )
    ]
