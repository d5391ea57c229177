"""Turns docs, snippets and lossref into pages; one module per job."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
CACHE = ROOT / ".cache"


class DocsError(Exception):
    """A page asks for something that does not exist or is malformed; stops the build."""
