"""How a page is cited: the panel under every page, and the tags that reference managers read.

MkDocs hook; docs_ext/theme/main.html shows what `on_page_context` hands over.
"""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docs_ext.release import built_on, version

AUTHOR = "The lossref authors"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


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
        return ":".join(["lossref", *path.split("/")]) if path else "lossref"

    @property
    def bibtex(self) -> str:
        """The entry; `note` has the full date, which plain BibTeX styles have no field for."""
        title = re.sub(r"([&%$#_{}])", r"\\\1", self.title)
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{title}}}",
            "howpublished": f"lossref {self.version}",
            "year": f"{self.day:%Y}",
            "note": f"{self.day:%Y-%m-%d}",
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

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
