"""MkDocs hook: what the Run buttons need beside docs/assets/run*.js.

The wheel of lossref is built from these very sources; its address holds a digest of everything
that runs, so that no cache serves an old one. Each snippet is published as a file.
"""

import hashlib
import tempfile
from functools import cache
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docs_ext import DOCS, ROOT
from docs_ext.figures import COLORS, STYLE
from docs_ext.snippets import all_snippets

ASSETS = ("run-worker.js", "run.py", "pyodide-lock.json")


def style() -> str:
    """The style of the figures; run.js fills in the colors of the palette."""
    text = STYLE.read_text(encoding="utf-8")
    for color, name in COLORS.items():
        text = text.replace(color.removeprefix("#"), name.replace("currentColor", "var(--fig-ink)"))
    paper = "figure.facecolor: none\nsavefig.transparent: True"
    assert paper in text
    return text.replace(paper, "figure.facecolor: var(--fig-paper)")


def digest() -> str:
    """Changes with anything that decides what a run prints."""
    key = hashlib.sha256(style().encode())
    sources = sorted((ROOT / "lossref").glob("*.py"))
    for path in [*(DOCS / "assets" / name for name in ASSETS), ROOT / "pyproject.toml", *sources]:
        key.update(path.read_bytes())
    return key.hexdigest()[:16]


@cache
def _wheel(key: str) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        (built,) = WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"])
        return Path(built).name, Path(built).read_bytes()


def wheel() -> tuple[str, bytes]:
    """File name and content of the wheel of lossref."""
    return _wheel(digest())


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tell the pages where the wheel is."""
    config.extra["wheel"] = f"assets/wheel/{digest()}/{wheel()[0]}"
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the wheel, the style of the figures and the snippets."""
    files.append(File.generated(config, config.extra["wheel"], content=wheel()[1]))
    files.append(File.generated(config, "assets/figures.mplstyle", content=style()))
    for snippet in all_snippets():
        uri = f"snippets/{snippet.name}.py"
        files.append(File.generated(config, uri, content=snippet.source))
    return files
