"""A search index that is small, and finds what is typed or pasted; MkDocs hook.

Of a section the index has the title and the first sentences, which a result shows, and of the rest
names (of formulas, functions, people) and words that few sections have: what a search can tell
sections apart by. Debugging entries, which answer what people paste, stay whole. The pages that
explain come before those that list or apply.
"""

import html
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

SHOWN = 100  # characters that a result shows
RARE = 2  # a word of more sections than these tells none of them apart
WHOLE = ("practice/debugging/",)
EXPLAINING = {"losses/": 2, "comparison/": 2, "notation/": 1.5}
_UNSOUGHT = re.compile(r"<(?:pre|script|svg|template)\b")
_NAME = re.compile(r"[A-Z]{2,3}\.\d+|[A-Za-z]\w*_\w+|[A-Z]\w*[a-z][A-Z]\w*")
_WORD = re.compile(r"[A-Za-z][\w.+-]*\w|[A-Za-z]")


def text_of(markup: str) -> str:
    """What a result shows of a text: no tags, and no letters of the math alphabets."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", markup))
    text = "".join(c for c in text if not 0x1D400 <= ord(c) <= 0x1D7FF and c != "\u2061")
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return text.replace("In [ ]: ", "").strip()  # the prompts of a notebook


def words(text: str) -> list[str]:
    """The words of a text, once each, in their order."""
    return list(dict.fromkeys(_WORD.findall(text)))


def head(text: str) -> str:
    """The beginning, up to the end of a word."""
    return text if len(text) <= SHOWN else text[: text.rindex(" ", 0, SHOWN)]


def shortened(docs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries of the index, with less text."""
    texts = [text_of(entry["text"]) for entry in docs]
    sections = Counter(word for text in texts for word in {w.lower() for w in words(text)})
    common = {word for text in texts for word in words(text) if word.islower()}
    short = []
    for entry, text in zip(docs, texts, strict=True):
        if not entry["location"].startswith(WHOLE):
            shown = head(text)
            known = {word.lower() for word in words(f"{entry['title']} {shown}")}
            rest = [
                word
                for word in words(text[len(shown) :])
                if word.lower() not in known
                and (
                    sections[word.lower()] <= RARE
                    or _NAME.fullmatch(word)
                    or (word[0].isupper() and word.lower() not in common)
                )
            ]
            text = f"{shown} … {' '.join(rest)}" if rest else shown
        short.append({**entry, "text": text})
        for pages, boost in EXPLAINING.items():
            if entry["location"].startswith(pages):
                short[-1].setdefault("boost", boost)
    return short


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep programs and data out of the index: most of its bytes, and nobody seeks them."""
    return _UNSOUGHT.sub(lambda match: f"{match[0]} data-search-exclude", html)


@event_priority(-50)  # after the plugin has written it, before it is packed for reading from disk
def on_post_build(config: MkDocsConfig) -> None:
    """Shorten the index."""
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text("utf-8"))
    index["docs"] = shortened(index["docs"])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
