"""Explorers: sliders over pictures that lossref computed at build.

A snippet defines `explorer()`. Its docstring is the alt text, and it returns

    sliders   name -> values, in the order of the axes of every array below
    start     the index of each slider at first
    panels    title, x and y ranges, xticks, yticks; optionally label (of x), log (y), height,
              equal (one unit for both), frame (False for none)
    marks     panel, name (in the key, or ""), style ("C0-", "C1--", "C0o", "C1>" for an arrow),
              by (the sliders it depends on), x and y: arrays over those sliders, then over points;
              x may be the points alone
    texts     optionally: panel, x, y, anchor, words
    values    name -> (by, array of numbers or texts)

The arrays become coordinates in one SVG and texts in a list; docs/assets/explorers.js only looks
them up, so no formula is written a second time. Without JavaScript the start is a picture.
"""

import contextlib
import hashlib
import html
import importlib.metadata
import io
import json
import re
import runpy
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from docs_ext import CACHE, ROOT, DocsError
from docs_ext.figures import alt_text
from docs_ext.snippets import Snippet

COLORS = {"C0": "blue", "C1": "orange", "C2": "green", "C3": "purple", "0.5": "gray"}
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 440, 46, 12, 28, 40
SCALE = 10  # coordinates are tenths, as whole numbers


def load(snippet: Snippet) -> dict[str, Any]:
    """What `explorer()` returns, checked."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("error")
        found = runpy.run_path(str(snippet.path), run_name="explorer").get("explorer")
        if found is None:
            raise DocsError(f"snippet {snippet.name} has no explorer()")
        spec: dict[str, Any] = found()
    sizes = {name: len(values) for name, values in spec["sliders"].items()}
    if len(spec["start"]) != len(sizes) or not all(
        0 <= start < size for start, size in zip(spec["start"], sizes.values(), strict=True)
    ):
        raise DocsError(f"explorer {snippet.name}: start is not an index of every slider")

    def check(what: str, by: list[str], array: ArrayLike, extra: int) -> None:
        shape = np.shape(array)
        wanted = tuple(sizes.get(name, -1) for name in by)
        if len(shape) != len(by) + extra or shape[: len(by)] != wanted:
            raise DocsError(f"explorer {snippet.name}: {what} has shape {shape}, not {wanted}")

    for mark in spec["marks"]:
        if not re.fullmatch(r"(C[0-3]|0\.5)(-|--|:|o|>)", mark["style"]):
            raise DocsError(f"explorer {snippet.name}: unknown style {mark['style']!r}")
        check(f"y of {mark['name']!r}", mark["by"], mark["y"], 1)
        x = np.asarray(mark["x"])
        if x.shape != np.shape(mark["y"])[-1:]:
            check(f"x of {mark['name']!r}", mark["by"], x, 1)
    for name, (by, array) in spec["values"].items():
        check(name, by, array, 0)
    return spec


def number(value: float) -> str:
    """A number of the list beside the picture."""
    if value == 0 or abs(value) >= 0.001:
        text = f"{value:.3f}" if abs(value) < 100 else f"{value:.0f}"
    else:
        text = f"{value:.0e}"
    return text.replace("-", "−")


def step(value: object) -> str:
    """A position of a slider."""
    return str(value) if isinstance(value, str) else f"{value:.4g}".replace("-", "−")


class _Panel:
    """A coordinate system; turns data into tenths of a pixel."""

    def __init__(self, spec: dict[str, Any], top: float) -> None:
        self.spec, self.top = spec, top
        self.width = WIDTH - LEFT - RIGHT
        self.log = spec.get("log", False)
        (x0, x1), (y0, y1) = spec["x"], self._y(np.array(spec["y"], float))
        self.height = spec.get("height", 150)
        if spec.get("equal"):
            self.height = self.width * (y1 - y0) / (x1 - x0)
        self.x0, self.y0 = x0, y0
        self.per_x, self.per_y = self.width / (x1 - x0), self.height / (y1 - y0)

    def _y(self, y: Any) -> Any:
        return np.log10(y) if self.log else y

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Data to coordinates; far outside is cut to just outside."""
        right = LEFT + (np.asarray(x, float) - self.x0) * self.per_x
        down = self.top + self.height - (self._y(np.asarray(y, float)) - self.y0) * self.per_y
        right = np.clip(right, -200, WIDTH + 200)
        down = np.clip(down, self.top - 200, self.top + self.height + 200)
        return np.rint(right * SCALE).astype(int), np.rint(down * SCALE).astype(int)

    def frame(self, number: int) -> str:
        """Title, axes, grid, the window that marks are cut to."""
        left, right, bottom = LEFT, WIDTH - RIGHT, self.top + self.height
        out = [
            f'<clipPath id="@{number}"><rect x="{left - 8}" y="{self.top - 8:g}" '
            f'width="{self.width + 16}" height="{self.height + 16:g}"/></clipPath>',
            f'<text x="{left}" y="{self.top - 12:g}">{html.escape(self.spec["title"])}</text>',
        ]
        if not self.spec.get("frame", True):
            return "".join(out)
        for tick in self.spec["xticks"]:
            x = LEFT + (tick - self.x0) * self.per_x
            out.append(f'<path class="grid" d="M{x:.1f} {self.top:g}V{bottom:g}"/>')
            if "label" in self.spec:
                place = f'x="{x:.1f}" y="{bottom + 17:g}" text-anchor="middle"'
                out.append(f"<text {place}>{step(tick)}</text>")
        for tick in self.spec["yticks"]:
            y = bottom - (self._y(tick) - self.y0) * self.per_y
            out.append(f'<path class="grid" d="M{left} {y:.1f}H{right}"/>')
            out.append(
                f'<text x="{left - 6}" y="{y + 5:.1f}" text-anchor="end">{step(tick)}</text>'
            )
        if "label" in self.spec:
            label = html.escape(self.spec["label"])
            out.append(f'<text x="{right}" y="{bottom + 34:g}" text-anchor="end">{label}</text>')
        return "".join(out)


def _attributes(style: str) -> str:
    color, kind = re.fullmatch(r"(C[0-3]|0\.5)(.+)", style).groups()  # type: ignore[union-attr]
    width = {"o": 9, "-": 2, "--": 2, ":": 1.5, ">": 2.5}[kind] * SCALE
    dash = {"--": ' stroke-dasharray="70 40"', ":": ' stroke-dasharray="15 35"'}.get(kind, "")
    end = ' marker-end="url(#@arrow)"' if kind == ">" else ""
    return f'stroke="var(--fig-{COLORS[color]})" stroke-width="{width:g}"{dash}{end}'


def _path(x: list[int], y: list[int]) -> str:
    """One point is a line of nearly no length, which round caps make a dot."""
    return "M" + "l".join(f"{a} {b}" for a, b in zip(x, y, strict=True)) + "h1" * (len(x) == 1)


def _needed(by: list[int], array: Any) -> tuple[list[int], Any]:
    """Without the sliders that change nothing."""
    array = np.asarray(array)
    for axis in reversed(range(len(by))):
        if (array == array.take([0], axis)).all():
            by, array = by[:axis] + by[axis + 1 :], array.take(0, axis)
    return by, array


def _moves(array: Any) -> dict[str, Any]:
    """Where each path starts and its moves, which take fewer digits than its places."""
    rows = np.reshape(array, (-1, np.shape(array)[-1]))
    return {"start": rows[:, 0].tolist(), "moves": np.diff(rows, axis=1).tolist()}


def explorer_html(snippet: Snippet) -> str:
    """The explorer, computed again only when something it depends on changed."""
    key = hashlib.sha256(importlib.metadata.version("numpy").encode())
    for path in [snippet.path, Path(__file__), *sorted((ROOT / "lossref").glob("*.py"))]:
        key.update(path.read_bytes())
    name = snippet.name.replace("/", ".")
    kept = CACHE / "explorers" / f"{name}.{key.hexdigest()[:16]}.html"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(render(snippet), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def render(snippet: Snippet) -> str:
    """The explorer as HTML."""
    spec = load(snippet)
    caption_id = snippet.name.replace("/", "-")
    names = list(spec["sliders"])
    panels: list[_Panel] = []
    top = float(TOP)
    for panel in spec["panels"]:
        panels.append(_Panel(panel, top))
        top += panels[-1].height + (BOTTOM if "label" in panel else 12) + TOP
    height = top - TOP

    data: dict[str, Any] = {"sizes": [len(v) for v in spec["sliders"].values()]}
    data["labels"] = [[step(value) for value in values] for values in spec["sliders"].values()]
    data["marks"], data["values"] = [], []
    drawn, key, listed = [], {}, []

    def first(by: list[int]) -> int:
        index = 0
        for slider in by:
            index = index * data["sizes"][slider] + spec["start"][slider]
        return index

    for mark in spec["marks"]:
        x, y = panels[mark["panel"]].place(mark["x"], mark["y"])
        coordinates = []
        for table in (x, y):
            by = [names.index(name) for name in mark["by"]] if table.ndim > 1 else []
            by, table = _needed(by, table)
            coordinates.append({"by": by, **_moves(table)})
        data["marks"].append(coordinates)
        places = [(part, first(part["by"])) for part in coordinates]
        start = _path(*([part["start"][at], *part["moves"][at]] for part, at in places))
        clip = f'clip-path="url(#@{mark["panel"]})"'
        drawn.append(
            f'<g {clip}><path data-mark transform="scale({1 / SCALE:g})" '
            f'{_attributes(mark["style"])} d="{start}"/></g>'
        )
        if mark["name"]:
            key[mark["name"]] = _attributes(mark["style"])
    for name, (by, array) in spec["values"].items():
        flat = np.ravel(array)
        texts = [str(v) if isinstance(v, str) else number(float(v)) for v in flat]
        axes = [names.index(slider) for slider in by]
        data["values"].append({"by": axes, "table": texts})
        listed.append(f"<div><dt>{html.escape(name)}</dt><dd>{texts[first(axes)]}</dd></div>")

    texts = []
    for number_, x, y, anchor, words in spec.get("texts", []):
        (right,), (down,) = panels[number_].place([x], [y])
        texts.append(
            f'<text x="{right / SCALE:g}" y="{down / SCALE:g}" text-anchor="{anchor}">'
            f"{html.escape(words)}</text>"
        )
    text = html.escape(alt_text(snippet, "explorer"))
    arrow = (
        '<marker id="@arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" '
        'orient="auto"><path d="M0 0L8 4L0 8z" fill="context-stroke" stroke="none"/></marker>'
    )
    group = '<g fill="none">'
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{text}">{arrow}'
        + "".join(panel.frame(i) for i, panel in enumerate(panels))
        + "".join(texts)
        + f"{group}{''.join(drawn)}</g></svg>"
    ).replace("@", f"{caption_id}-")
    lines = "".join(
        f'<span><svg viewBox="0 0 280 100" aria-hidden="true">'
        f'<path fill="none" d="M40 50H240" {style}/></svg>{html.escape(name)}</span>'
        for name, style in key.items()
    ).replace("@", f"{caption_id}-")
    controls = "".join(
        f'<label><span>{html.escape(name)}</span><input type="range" min="0" '
        f'max="{len(values) - 1}" value="{start}" autocomplete="off" '
        f'aria-valuetext="{step(values[start])}">'
        f'<span aria-hidden="true">{step(values[start])}</span></label>'
        for (name, values), start in zip(spec["sliders"].items(), spec["start"], strict=True)
    )
    # no <script>: instant navigation would run it
    packed = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return (
        f'<div class="explorer"><div class="explorer-controls" hidden>{controls}</div>'
        f'<div class="plot-svg">{svg}</div><p class="explorer-key">{lines}</p>'
        f'<dl>{"".join(listed)}</dl><p class="explorer-said" role="status"></p>'
        f"<template>{html.escape(packed, quote=False)}</template></div>"
    )
