"""Turns docs, snippets and lossref into pages; one module per job."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
CACHE = ROOT / ".cache"


class DocsError(Exception):
    """A page asks for something that does not exist or is malformed; stops the build."""


def outside_fences(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(number, line) of the lines of a page that are not in a block of code."""
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened := re.match(r"\s*(`{3,}|~{3,})", line):
            fence = opened[1]
        else:
            yield number, line
