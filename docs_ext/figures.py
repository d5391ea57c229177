"""Figures: the SVG of `figure()` in a snippet, made at build, in colors that follow the palette.

All figures that are out of date are drawn in fresh interpreters. The result is cached under a
key of everything it depends on: the snippet, lossref, the style and this file. Beside it lie the
files that a reader can take along: SVG in colors of its own, PDF and PNG on white.
"""

import hashlib
import html
import importlib.metadata
import io
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docs_ext import CACHE, ROOT, DocsError
from docs_ext.experiments import ExperimentFigure, experiment_figures
from docs_ext.snippets import Snippet, all_snippets

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("figures.mplstyle")

# colors of the style file -> custom properties of docs/assets/site.css
COLORS = {
    "#0b62a4": "var(--fig-blue)",
    "#c44e00": "var(--fig-orange)",
    "#18794e": "var(--fig-green)",
    "#8a3ea0": "var(--fig-purple)",
    "#808080": "var(--fig-gray)",
    "#1a1a1a": "currentColor",
    "#d4d4d4": "var(--fig-grid)",
    "#fefefe": "var(--fig-paper)",
}


def draw(snippet: Snippet) -> "Figure":
    """The Matplotlib figure of a snippet, in the style of the site."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.use("svg")
    plt.close("all")
    with plt.style.context(["default", STYLE]), redirect_stdout(io.StringIO()):
        return snippet.figure()


def alt_text(snippet: Snippet, function: str = "figure") -> str:
    """The docstring of `figure`, as one line: what a person sees in the figure."""
    head = rf'\ndef {function}\([^)]*\)[^\n]*:\n\s+"""(.+?)"""'
    match = re.search(head, snippet.source, re.DOTALL)
    if not match:
        raise DocsError(
            f"snippet {snippet.name}: {function}() has no docstring; it is the alt text"
        )
    return re.sub(r"\s+", " ", match[1]).strip()


LICENSE = "CC BY 4.0, The lossref authors"
FILES = ("svg", "pdf", "png")


def draw_all(snippet: Snippet, target: Path) -> None:
    """Draw one figure: rewritten for inclusion in a page, and as files to take along."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    figure, alt = draw(snippet), alt_text(snippet)
    out = io.StringIO()
    with plt.style.context(["default", STYLE]), mpl.rc_context({"svg.hashsalt": snippet.name}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        about = {"Title": snippet.name, "Author": "The lossref authors"}
        figure.savefig(
            target.with_suffix(".pdf"),
            facecolor="white",
            metadata={**about, "Subject": alt, "Keywords": LICENSE, "CreationDate": None},
        )
        figure.savefig(
            target.with_suffix(".png"),
            dpi=200,
            facecolor="white",
            metadata={**about, "Description": alt, "Copyright": LICENSE, "Software": None},
        )
    plt.close("all")
    page = svg_for_page(out.getvalue(), alt)
    target.with_suffix(".alone.svg").write_text(svg_alone(page, alt), encoding="utf-8")
    target.write_text(page, encoding="utf-8")


def svg_alone(page: str, alt: str) -> str:
    """The SVG of a page as a file: with names of its own, colors, alt text and license."""
    for color, name in COLORS.items():
        page = page.replace(name, color)
    view = re.match(r'<svg viewBox="(0 0 ([\d.]+) ([\d.]+))"[^>]*>', page)
    assert view
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    size = f'viewBox="{view[1]}" width="{view[2]}pt" height="{view[3]}pt"'
    fonts = 'font-family="Source Sans 3, DejaVu Sans, sans-serif"'
    head = f'<svg {spaces} {size} {_ROUND} role="img" {fonts}>'
    alt = html.escape(alt)
    return f"{head}<title>{alt}</title><desc>{LICENSE}</desc>{page[view.end() :]}\n"


def figure_file(snippet: Snippet, kind: str) -> Path:
    """One of the files to take along."""
    figure_svg(snippet)
    path = _cache_path(snippet)
    return path.with_suffix(".alone.svg" if kind == "svg" else f".{kind}")


# Matplotlib's rule for all elements; its second half is what every browser does
_RULE = "*{stroke-linejoin: round; stroke-linecap: butt}"
_ROUND = 'stroke-linejoin="round"'
_SIZES = {"M": 2, "L": 2, "Q": 4, "C": 6, "z": 0}


def short_path(path: str) -> str:
    """The same path in relative coordinates, to a tenth of a point (a small mark: a hundredth).

    Each step leads from one rounded point to the next, so that errors do not add up.
    """
    steps = [
        (command, [float(number) for number in numbers.split()])
        for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    ]
    if any(_SIZES.get(command) != len(numbers) for command, numbers in steps):
        raise DocsError(f"not a path as Matplotlib writes it: {path[:60]}")
    places = 1 if any(abs(x) > 20 for _, numbers in steps for x in numbers) else 2
    at = start = [0, 0]
    text, last = "", ""
    for command, numbers in steps:
        ends = [round(number * 10**places) for number in numbers]
        if command == "z":
            text, at, last = f"{text}z", start, "z"
            continue
        start = ends if command == "M" else start
        from_ = [0, 0] if command == "M" else at
        command = command if command == "M" else command.lower()
        text += "" if command == last else command
        for n, end in enumerate(ends):
            number = _short_number(end - from_[n % 2], places)
            text += number if number.startswith("-") or text[-1:].isalpha() else f" {number}"
        at, last = ends[-2:], command
    return text


def _short_number(value: int, places: int) -> str:
    """Tenths or hundredths without needless zeros: -5 is -.5."""
    sign, digits = "-" if value < 0 else "", f"{abs(value) / 10**places:.{places}f}"
    return sign + (digits.rstrip("0").rstrip(".").removeprefix("0") or "0")


_USES = re.compile(r'(?:<use [^>]*? style="([^"]*)"/>)(?:<use [^>]*? style="\1"/>)*')
_GROUP = re.compile(r"<g>((?:(?!<g\b|</g>).)*)</g>")


def compact(text: str) -> str:
    """The same drawing without turns by nothing, spaces, groups and styles said again."""
    text = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", text)
    text = re.sub(
        r'(?<= [xy]=")(-?[0-9.]+)(?="[^<>]*>)', lambda m: f"{round(float(m[1]), 1):g}", text
    )
    text = re.sub(
        r'(?<= style=")[^"]*', lambda m: re.sub(r"\s*([:;])\s*", r"\1", m[0]).strip("; "), text
    )
    text = re.sub(r">\s+<", "><", text).replace(" />", "/>")
    # a mark takes over what its definition does not say: from its own style or from a group's
    text = _USES.sub(
        lambda m: f'<g style="{m[1]}">{m[0]}</g>'.replace(f' style="{m[1]}"/>', "/>"), text
    )
    while (less := _GROUP.sub(r"\1", text)) != text:
        text = less
    return text


def svg_for_page(text: str, alt: str) -> str:
    """Matplotlib's SVG without prologue, fonts, needless ids and digits; colors by name."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*">', "<g>", text)
    text = re.sub(
        r"font: (?:(?:italic|oblique|bold|[0-9]+) )*([0-9.]+px) [^;\"]*", r"font-size: \1", text
    )
    text = re.sub(r"font-family: [^;\"]*;?", "", text)
    text = re.sub(r'(?<= d=")[^"]+', lambda path: short_path(path[0]), text)
    text = re.sub(r"(\d\.\d\d)\d+", r"\1", text)
    text = re.sub(r'<g>\s*<path d="[^"]*"\s*style="fill: none"\s*/>\s*</g>', "", text)  # not seen
    # a rule for all elements would be one for the page, which would be styled again for each figure
    text, count = re.subn(rf"<style[^>]*>{re.escape(_RULE)}</style>", "", text)
    if count != 1 or "<style" in text:
        raise DocsError("Matplotlib wrote another style than docs_ext/figures.py expects")
    text = re.sub(r"<defs>\s*</defs>", "", text)
    for color, name in COLORS.items():
        text = text.replace(color, name)
    text = compact(re.sub(r"\s*\n\s*", " ", text))
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text).groups()  # type: ignore[union-attr]
    # side by side panels scroll on a phone: shrunk to its width their text could not be read
    min_width = "560px" if float(width) > 450 else "0"
    return re.sub(
        r"<svg [^>]*>",
        f'<svg viewBox="0 0 {width} {height}" {_ROUND} role="img" aria-label="{html.escape(alt)}" '
        f'style="max-width: {float(width) * 1.35:.0f}px; min-width: {min_width}">',
        text,
        count=1,
    ).strip()


def _cache_path(snippet: Snippet) -> Path:
    key = hashlib.sha256(importlib.metadata.version("matplotlib").encode())
    for path in [*snippet.inputs, STYLE, Path(__file__), *sorted((ROOT / "lossref").glob("*.py"))]:
        key.update(path.read_bytes())
    name = snippet.name.replace("/", ".")
    return CACHE / "figures" / f"{name}.{key.hexdigest()[:16]}.svg"


def drawings() -> list[Snippet]:
    """Everything that draws: snippets and experiments."""
    return [*(s for s in all_snippets() if s.draws), *experiment_figures()]


def drawing(name: str) -> Snippet:
    """What draws the figure of this name: a snippet or an experiment."""
    return ExperimentFigure(name) if name.startswith("experiments/") else Snippet(name)


@cache
def _draw_stale(names: tuple[str, ...]) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "docs_ext.figures", *names],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return done.stderr if done.returncode else ""


def figure_svg(snippet: Snippet) -> str:
    """The SVG of one figure; draws every figure that is out of date when this one is."""
    if not snippet.draws:
        raise DocsError(f"snippet {snippet.name} has no figure()")
    path = _cache_path(snippet)
    if not path.is_file():
        _draw_stale.cache_clear()
        stale = [s.name for s in drawings() if not _cache_path(s).is_file()]
        error = _draw_stale(tuple(stale))
        if not path.is_file():
            raise DocsError(f"figure {snippet.name} could not be drawn:\n{error}")
    return path.read_text(encoding="utf-8")


def attempt(name: str) -> str:
    """Draw one figure that is out of date; what went wrong, if something did."""
    snippet = drawing(name)
    target = _cache_path(snippet)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        draw_all(snippet, target)
    except Exception as error:  # the others are still drawn
        return f"{name}: {type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        failures = list(filter(None, pool.map(attempt, sys.argv[1:])))
    sys.exit("\n".join(failures) if failures else 0)
