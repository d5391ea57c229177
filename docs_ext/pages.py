"""Pages of docs/: their titles, their addresses, and links from the one that is being rendered."""

import posixpath
import re
from typing import Any

from markdown import Markdown

from docs_ext import DOCS


def title_of(page: str) -> str | None:
    """The title of a page of docs/; of a walkthrough, its source."""
    path = DOCS / page
    if path.suffix == ".ipynb":
        path = path.with_suffix(".py")
    if not path.is_file():
        return None
    heading = r"^(?:# )?# (.+?)(?: \{.*\})?$"
    match = re.search(heading, path.read_text(encoding="utf-8"), re.MULTILINE)
    return match[1] if match else None


def address_of(page: str) -> str:
    """Where a page of docs/ is served, from the root of the site."""
    path = re.sub(r"(?:(?<![^/])index)?\.(?:md|ipynb)$", "", page)
    return f"{path.rstrip('/')}/" if path else ""


def file_of(md: Markdown) -> Any:
    """The page that is being rendered, as MkDocs knows it; None in tests."""
    known = "relpath" in md.treeprocessors
    return md.treeprocessors["relpath"].file if known else None  # type: ignore[attr-defined]


def from_page(md: Markdown, target: str, unknown: str = "index.md") -> str:
    """A file of the site as seen from the page that is being rendered."""
    file = file_of(md)
    return posixpath.relpath(target, posixpath.dirname(file.src_uri if file else unknown))
