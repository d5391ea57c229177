"""How a page is cited: the panel under every page, and the tags that reference managers read.

Also the BibTeX of everything else that has an address: formulas, figures, claims.
MkDocs hook; docs_ext/theme/main.html shows what `on_page_context` hands over.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from docs_ext.macros import expand
from docs_ext.release import built_on, version
from docs_ext.values import value

if TYPE_CHECKING:  # its texts can be had without MkDocs
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

AUTHOR = "The lossref authors"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def bibtex_text(text: str) -> str:
    """Text as BibTeX wants it; what is between dollars is TeX already."""
    parts = re.split(r"(\$[^$]+\$)", text)
    return "".join(
        expand(part) if n % 2 else re.sub(r"([&%$#_{}])", r"\\\1", part)
        for n, part in enumerate(parts)
    )


def entry(key: str, title: str, how: str, url: str, day: date) -> str:
    """A BibTeX entry; `note` has the full date, which plain BibTeX styles have no field for."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{bibtex_text(title)}}}",
        "howpublished": how,
        "year": f"{day:%Y}",
        "note": f"{day:%Y-%m-%d}",
        "url": url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def part_entry(what: str, name: str, title: str, url: str) -> str:
    """The entry of a part of a page, in this version: equation SE.2, figure gradients/races."""
    key = f"figure:{name.replace('/', ':')}" if what == "figure" else name
    how = f"lossref {version()}, {what} {name}"
    return entry(f"lossref:{key}", title, how, url, built_on())


def figure_anchor(name: str) -> str:
    """The id of a figure on its page."""
    return f"figure-{name.replace('/', '-')}"


def cite_figure(name: str, title: str, page: str) -> str:
    """The BibTeX of a figure as HTML."""
    text = part_entry("figure", name, title, f"{page}#{figure_anchor(name)}")
    return cite_this(text, f"figure {name}")


def cite_this(bibtex: str, what: str) -> str:
    """A folded BibTeX entry as HTML."""
    return (
        f'<details class="cite-this" data-search-exclude=""><summary aria-label="Cite {what}">Cite'
        f"</summary><pre>{html.escape(bibtex)}</pre></details>"
    )


def without_markdown(text: str) -> str:
    """A caption or a claim as words; formulas and values stay."""
    text = re.sub(r"\[([^\]]*)\](?:\[[^\]]*\]|\([^)]*\))", r"\1", text)
    text = re.sub(r"\{\{ (\w+) \}\}", lambda match: value(match[1]), text)
    return re.sub(r"(\*{1,2}|`)(\S|\S[^*`]*\S)\1", r"\2", text)


def first_sentence(caption: str) -> str:
    """Of a caption: the title of its figure."""
    return re.split(r"(?<=[.!?])\s", without_markdown(caption))[0].removesuffix(".")


@dataclass(frozen=True)
class Citation:
    """One page of one version."""

    title: str
    url: str
    version: str
    day: date

    @property
    def key(self) -> str:
        """A BibTeX key: lossref:losses:squared-error."""
        path = re.sub(r"^https?://[^/]+/(?:lossref/)?", "", self.url).strip("/")
        return ":".join(["lossref", *(path or "home").split("/")])

    @property
    def bibtex(self) -> str:
        """The entry."""
        return entry(self.key, self.title, f"lossref {self.version}", self.url, self.day)

    @property
    def apa(self) -> str:
        """One line in the style of the APA, for a text without italics."""
        day = f"{self.day:%Y, %B} {self.day.day}"
        return f"{AUTHOR}. ({day}). {self.title} (lossref {self.version}). {self.url}"

    @property
    def ris(self) -> str:
        """The record that reference managers import."""
        rows = [
            ("TY", "ELEC"),
            ("AU", AUTHOR),
            ("TI", self.title),
            ("T2", "lossref"),
            ("ET", self.version),
            ("PY", f"{self.day:%Y}"),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("UR", self.url),
            ("LA", "en"),
            ("ER", ""),
        ]
        return "\n".join(f"{tag}  - {value}" for tag, value in rows)

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Highwire tags, which Zotero and Google Scholar read, and Dublin Core."""
        return [
            ("citation_title", self.title),
            ("citation_author", AUTHOR),
            ("citation_publication_date", f"{self.day:%Y/%m/%d}"),
            ("citation_public_url", self.url),
            ("citation_language", "en"),
            ("DC.title", self.title),
            ("DC.creator", AUTHOR),
            ("DC.date", f"{self.day:%Y-%m-%d}"),
            ("DC.identifier", self.url),
            ("DC.type", "Text"),
            ("DC.language", "en"),
            ("DC.rights", LICENSE),
        ]


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Hand the citation of the page to the theme."""
    # the heading, not the short title of the navigation
    head = re.search(r"<h1[^>]*>(.*?)</h1>", page.content or "", re.DOTALL)
    text = re.sub(r'<a class="(?:headerlink|anchor-link)".*?</a>', "", head[1] if head else "")
    title = html.unescape(re.sub(r"<[^>]+>", "", text or str(page.title))).strip()
    url = page.canonical_url or config.site_url or ""
    context["citation"] = Citation(title, url, version(), built_on())
    return context
