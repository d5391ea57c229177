"""What a page shows on demand only, in a file beside it; MkDocs hook, at the end of the build.

The programs of figures and tables, the source of functions and the data of the sliders are most of
some pages, and most readers open none of them. They are in `later.json`, which
docs/assets/site.js fetches when a reader first points at one of them. Without a script the links
to the program and to the files of the figure stand in their place. The site that is read from disk
has everything in its pages: a page on disk may fetch nothing.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from docs_ext import DocsError
from docs_ext.equations import source_url
from docs_ext.offline import ACTIVE

FILE = "later.json"
_OPEN = re.compile(
    r'<details class="program"[^>]*>\s*<summary>.*?</summary>(?P<program>)'
    r'|<details class="mkdocstrings-source">\s*<summary>.*?</summary>(?P<source>)'
    r'|<div class="explorer">.*?<template[^>]*(?P<data>)>',
    re.DOTALL,
)
_DETAILS = re.compile(r"<details\b|</details>")
_LINKS = re.compile(r'<p class="(?:run-bar|files)"[^>]*>(.*?)</p>', re.DOTALL)
_SHOWN = re.compile(r'(?:<span class="filename">|Source code in <code>)([\w/]+\.py)<')
_CODE = re.compile(r"<pre(?P<pre>[^>]*)><code>")
_MARK = re.compile(r' data-later="(\d+)">')


def _end(text: str, start: int) -> int:
    """Where the details end in which `start` lies."""
    depth = 1
    for match in _DETAILS.finditer(text, start):
        depth += 1 if match[0] == "<details" else -1
        if not depth:
            return match.start()
    raise DocsError(f"details that do not end: {text[start : start + 200]}")


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each part, without its box and summary."""
    end = 0
    while match := _OPEN.search(text, end):
        start = match.end()
        template = match.lastgroup == "data"
        end = text.index("</template>", start) if template else _end(text, start)
        if template or _CODE.search(text, start, end):
            yield start, end, match.lastgroup or ""


def _copied(part: str, number: int) -> str:
    """With the theme's button that copies, which its script adds to what is there at first."""
    count = 0

    def one(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        id = f"later-{number}-{count}"
        return (
            f'<pre id="{id}"{match["pre"]}><nav class="md-code__nav" aria-label="Code block {id}">'
            '<button class="md-code__button" title="Copy to clipboard" data-md-type="copy" '
            f'data-clipboard-target="#{id} > code"></button></nav><code>'
        )

    return _CODE.sub(one, part)


def _links(before: str, part: str) -> str:
    """What a reader without a script follows: to files of the site, else to the repository."""
    links = _LINKS.findall(part)
    if not any("/snippets/" in link for link in links):
        paths = [*_SHOWN.findall(before), *_SHOWN.findall(part)]
        if not paths:
            raise DocsError(f"a program without a file to link: {part[:200]}")
        path = paths[-1]
        links.insert(0, f'<a href="{source_url(path)}">{path}</a>')
    return "".join(f"<p>{link}</p>" for link in links)


def split(text: str) -> tuple[str, list[str]]:
    """A page without its parts, and the parts."""
    out: list[str] = []
    parts: list[str] = []
    at = 0
    for start, end, kind in _parts(text):
        part = text[start:end]
        number = len(parts)
        if kind == "data":
            parts.append(part)
            out += [text[at : start - 1], f' data-later="{number}">']
        else:
            parts.append(_copied(part, number))
            out += [
                text[at:start],
                f'<div data-later="{number}">{_links(text[at:start], part)}</div>',
            ]
        at = end
    return "".join([*out, text[at:]]), parts


def whole(page: Path) -> str:
    """A built page with its parts, for the tests."""
    text = page.read_text(encoding="utf-8")
    file = page.with_name(FILE)
    parts = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    for match in reversed(list(_MARK.finditer(text))):
        end = re.compile("</(?:div|template)>").search(text, match.end())
        assert end
        text = text[: match.end()] + parts[int(match[1])] + text[end.start() :]
    return text


@event_priority(-70)  # after docs_ext/slim.py, which must see all names and mark-up
def on_post_build(config: MkDocsConfig) -> None:
    """Move the parts of every page."""
    for page in () if ACTIVE else sorted(Path(config.site_dir).rglob("index.html")):
        text, parts = split(page.read_text(encoding="utf-8"))
        file = page.with_name(FILE)
        file.unlink(missing_ok=True)
        if parts:
            page.write_text(text, encoding="utf-8")
            file.write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")
