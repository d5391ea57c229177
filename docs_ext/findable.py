"""What search engines and shared links read: descriptions, preview pictures, structured data.

MkDocs hook; docs_ext/theme/main.html shows what `on_page_context` hands over. The preview pictures,
one for each section, are drawn here: a build needs no network.
"""

import hashlib
import html
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docs_ext import CACHE, DocsError
from docs_ext.cite import AUTHOR, LICENSE
from docs_ext.release import built_on, site_url, version

SECTIONS = {
    "": "Cross-entropy and\nmean squared error",
    "losses": "Losses",
    "comparison": "Comparison",
    "walkthroughs": "Walkthroughs",
    "claims": "Claims",
    "practice": "Practice",
    "teach": "Teach",
    "api": "Package",
}
HOME = "lossref: cross-entropy and mean squared error, checked by code"
DATASETS = {
    "formulas.md": ("formulas.json", "The formulas of lossref"),
    "claims/index.md": ("claims.json", "The claims register of lossref"),
}


def section(uri: str) -> str:
    """The section of a page, for its picture; pages of none have that of the home page."""
    first = uri.split("/")[0]
    return first if first in SECTIONS else ""


def first_sentences(content: str) -> str:
    """A description from the first paragraph of a page that has none."""
    for paragraph in re.findall(r"<p>(.*?)</p>", content, re.DOTALL):
        without = re.sub(r"<annotation.*?</annotation>|<[^>]+>", "", paragraph, flags=re.DOTALL)
        text = re.sub(r"\s+", " ", html.unescape(without)).strip()
        if len(text) >= 40:
            return text if len(text) <= 200 else text[: text.rindex(" ", 0, 198)] + " …"
    raise DocsError("no paragraph that could describe the page")


def structured(page: Page, title: str, description: str, url: str, image: str) -> str:
    """The page in the words of schema.org, as JSON-LD that may stand in a script element."""
    author = {"@type": "Organization", "name": AUTHOR, "url": site_url()}
    shared = {
        "description": description,
        "url": url,
        "inLanguage": "en",
        "license": LICENSE,
        "dateModified": built_on().isoformat(),
        "version": version(),
    }
    website = {"@type": "WebSite", "name": "lossref", "url": site_url()}
    article = {
        "@type": "TechArticle",
        "headline": title,
        **shared,
        "author": author,
        "publisher": author,
        "image": image,
        "isPartOf": website,
    }
    things: list[dict[str, Any]] = [website | shared if page.is_homepage else article]
    if page.file.src_uri in DATASETS:
        name, called = DATASETS[page.file.src_uri]
        download = {
            "@type": "DataDownload",
            "contentUrl": f"{site_url()}{name}",
            "encodingFormat": "application/json",
        }
        things.append(
            {
                "@type": "Dataset",
                "name": called,
                **shared,
                "creator": author,
                "isAccessibleForFree": True,
                "distribution": [download],
            }
        )
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Hand title, description, picture and structured data to the theme."""
    if not page.meta.get("description"):
        page.meta["description"] = first_sentences(page.content or "")
    title = HOME if page.is_homepage else context["citation"].title
    url = page.canonical_url or site_url()
    image = f"{site_url()}{card_uri(section(page.file.src_uri))}"
    description = str(page.meta["description"])
    context["findable"] = {
        "title": title,
        "description": description,
        "url": url,
        "image": image,
        "image_alt": f"lossref, {SECTIONS[section(page.file.src_uri)]}: over the logit, "
        "the gradient of cross-entropy rises and stays, that of the squared error "
        "rises and falls back".replace("\n", " "),
        "structured": structured(page, title, description, url, image),
    }
    return context


def card_uri(name: str) -> str:
    """Where the picture of a section is published."""
    return f"assets/cards/{name or 'home'}.png"


@cache
def card(name: str) -> Path:
    """The picture of a section, 1200 by 630 pixels: its name over the gradients of two losses."""
    key = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    path = CACHE / "cards" / f"{name or 'home'}.{key}.png"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_draw(SECTIONS[name]))
    return path


def _draw(title: str) -> bytes:
    import numpy as np
    from matplotlib.figure import Figure

    import lossref

    z = np.linspace(-8, 8, 400)
    paper, ink, blue, orange = "#16324f", "#ffffff", "#6db8ff", "#ff9d5c"
    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor=paper)
    axes = figure.add_axes((0, 0, 1, 0.46))
    axes.plot(z, lossref.sigmoid_cross_entropy_grad(z, np.zeros_like(z)), color=blue, lw=6)
    axes.plot(
        z, lossref.sigmoid_squared_error_grad(z, np.zeros_like(z)), color=orange, lw=6, ls="--"
    )
    axes.set(xlim=(-8, 8), ylim=(-0.08, 1.1))
    axes.axis("off")
    figure.text(0.06, 0.86, "lossref", color=blue, fontsize=30, weight="bold")
    lines = title.count("\n")
    figure.text(0.06, 0.66 - 0.13 * lines, title, color=ink, fontsize=54 if lines else 64,
                weight="bold", linespacing=1.15)  # fmt: skip
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=paper, metadata={"Software": None})
    return out.getvalue()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the pictures."""
    for name in SECTIONS:
        files.append(File.generated(config, card_uri(name), abs_src_path=str(card(name))))
    return files
