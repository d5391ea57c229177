"""Citations: `[@Bishop06]` on a page, and the list of references, from docs/references.bib.

pybtex reads and formats the entries. A link to an entry is an `autoref` element, so that it works
from every page and a key that is not in the list stops the strict build.
"""

import html
import re
import tomllib
from functools import cache
from string import ascii_lowercase
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.plugin import find_plugin
from pybtex.richtext import Text

from docs_ext import DOCS, DocsError

BIB = DOCS / "references.bib"
CITE = r"\[((?:@[A-Za-z][A-Za-z0-9]*)(?:; @[A-Za-z][A-Za-z0-9]*)*)\]"


@cache
def _load(modified: float) -> BibliographyData:
    return parse_file(str(BIB), bib_format="bibtex")


def entries() -> dict[str, Entry]:
    """All entries by key."""
    return dict(_load(BIB.stat().st_mtime).entries)


@cache
def _labels(modified: float) -> dict[str, str]:
    """Key -> label; works of the same authors and year get letters, in the order of their keys."""
    alike: dict[str, list[str]] = {}
    for key, entry in sorted(_load(modified).entries.items()):
        if "author" not in entry.persons or "year" not in entry.fields:
            raise DocsError(f"docs/references.bib: {key} needs an author and a year")
        names = [" ".join(p.prelast_names + p.last_names) for p in entry.persons["author"]]
        who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
        alike.setdefault(f"{Text.from_latex(who)}, {entry.fields['year']}", []).append(key)
    return {
        key: text + (ascii_lowercase[place] if len(keys) > 1 else "")
        for text, keys in alike.items()
        for place, key in enumerate(keys)
    }


def label(key: str) -> str:
    """Author and year as prose cites them: "Bishop, 2006"."""
    labels = _labels(BIB.stat().st_mtime)
    if key not in labels:
        raise DocsError(f"[@{key}]: no such entry in docs/references.bib")
    return labels[key]


def cited_on() -> dict[str, dict[str, str]]:
    """Key -> the pages that cite it, source path -> title; the register counts as its page."""
    sources = [*DOCS.rglob("*.md"), *(DOCS / "walkthroughs").glob("*.py")]
    found: dict[str, dict[str, str]] = {}
    for path in sorted(sources):
        text = path.read_text(encoding="utf-8")
        heading = r"^# # (.+)$" if path.suffix == ".py" else r"^# (.+)$"
        title = re.search(heading, text, re.MULTILINE)
        name = path.relative_to(DOCS).with_suffix(".ipynb" if path.suffix == ".py" else ".md")
        assert title
        register = path.parent / "claims.toml"
        if path.name == "index.md" and register.is_file():
            listed = tomllib.loads(register.read_text(encoding="utf-8"))["claim"]
            text += "".join(f"[@{key}]" for claim in listed for key in claim.get("sources", []))
        for group in re.findall(CITE, text):
            for key in group.split("; "):
                found.setdefault(key.removeprefix("@"), {})[name.as_posix()] = title[1].strip()
    return found


def bibliography_html() -> Element:
    """The list of references, sorted by author; the id of an item is its key."""
    style = find_plugin("pybtex.style.formatting", "plain")(abbreviate_names=True)
    backend = find_plugin("pybtex.backends", "html")()
    box = Element("ul", {"class": "references"})
    places = cited_on()
    formatted: list[Any] = list(style.format_bibliography(_load(BIB.stat().st_mtime)))
    for entry in formatted:
        item = SubElement(box, "li")
        anchor = SubElement(item, "a", {"id": entry.key, "href": f"#{entry.key}"})
        anchor.text = label(entry.key)
        anchor.tail = ". "
        text = html.unescape(entry.text.render(backend)).replace(
            '<span class="bibtex-protected">', ""
        )
        text = text.replace("</span>", "")
        _append_html(item, text)
        note = entries()[entry.key].fields.get("unchecked")
        if note:
            mark = SubElement(item, "span", {"class": "unchecked"})
            mark.text = f" [not checked against the publisher: {note}]"
        if pages := places.get(entry.key):
            back = SubElement(item, "span", {"class": "cited-on", "data-search-exclude": ""})
            back.text = " Cited on: "
            for number, (page, title) in enumerate(pages.items()):
                link = SubElement(back, "a", {"href": page})
                link.text = title.replace("`", "")
                link.tail = ", " if number + 1 < len(pages) else "."
    return box


def _append_html(parent: Element, text: str) -> None:
    """Put simple inline HTML (em, a) into the tree, so that no raw block is needed."""
    last: Element | None = None
    for piece in re.split(r"(<a href=\"[^\"]*\">.*?</a>|<em>.*?</em>)", text):
        if match := re.fullmatch(r"<a href=\"([^\"]*)\">(.*?)</a>", piece):
            last = SubElement(parent, "a", {"href": match[1]})
            last.text = match[2]
        elif match := re.fullmatch(r"<em>(.*?)</em>", piece):
            last = SubElement(parent, "em")
            last.text = match[1]
        elif last is None:
            anchor = parent[-1]
            anchor.tail = (anchor.tail or "") + piece
        else:
            last.tail = (last.tail or "") + piece


class _Cite(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        group = Element("span", {"class": "citation"})
        group.text = "("
        keys = [part.removeprefix("@") for part in m[1].split("; ")]
        for number, key in enumerate(keys):
            link = SubElement(group, "autoref", {"identifier": key})
            link.text = label(key)
            link.tail = "; " if number + 1 < len(keys) else ")"
        return group, m.start(0), m.end(0)


class CitationsExtension(Extension):
    """Registers the inline syntax before links."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register the citation pattern."""
        md.inlinePatterns.register(_Cite(CITE, md), "citations", 175)


def makeExtension(**kwargs: object) -> CitationsExtension:  # noqa: N802
    """Entry point for Markdown."""
    return CitationsExtension(**kwargs)
