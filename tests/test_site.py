"""The built site: what only shows once pages are HTML. Needs `make site` to have run."""

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag

import lossref
from docs_ext import ROOT
from docs_ext.formulas import all_formulas

SITE = ROOT / "site"
PAGES = sorted(p for p in SITE.rglob("*.html") if p.name != "404.html") if SITE.is_dir() else []
NAMES = [path.relative_to(SITE).as_posix() for path in PAGES]
BASE = "https://lossref.github.io/lossref/"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_site_is_built() -> None:
    assert PAGES, "site/ is missing: run `make site` first"


def foreign_requests(page: BeautifulSoup) -> list[str]:
    """What a browser would fetch from another host when it opens the page."""
    urls = [
        str(element.get(name))
        for tag, name in [("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")]
        for element in page.find_all(tag)
        if element.get(name)
    ]
    urls += [
        str(element["href"])
        for element in page.find_all("link")
        if set(element.get("rel", [])) & {"stylesheet", "preload", "icon", "preconnect", "prefetch"}
    ]
    return [url for url in urls if re.match(r"(https?:)?//", url) and not url.startswith(BASE)]


def leftovers(text: str) -> list[str]:
    """Mark-up that reached the reader unread."""
    unread = r"\{\{ .{0,40}|\[\[.{0,40}|\]\[\]|\[@\w+|\$\$|\\\(|\\frac|\\begin\{|\x02|\x03"
    return re.findall(unread + r"|^```.*|^!!! \w+", text, re.MULTILINE)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="stylesheet" href="https://fonts.example.org/css">',
        '<link rel="preconnect" href="//fonts.example.org">',
        '<img src="http://example.org/a.png">',
    ],
)
def test_a_foreign_request_is_found(html: str) -> None:
    assert foreign_requests(soup(html))


@pytest.mark.parametrize(
    "text", ["{{ x }}", "see [SE.2][] there", "[@Bishop06]", "$$x$$", r"\frac{1}{2}", "```python"]
)
def test_unread_markup_is_found(text: str) -> None:
    assert leftovers(text)


@dataclass
class Page:
    """What is asked of a page."""

    foreign: list[str]
    math: set[str]
    ids: list[str]
    links: list[str]
    pictures: list[Tag]
    leftovers: list[str]


def read(html: str) -> Page:
    whole = soup(html)
    body = whole.find("article")
    assert body
    found = Page(
        foreign=foreign_requests(whole),
        math=math_characters(whole),
        ids=[str(element["id"]) for element in body.find_all(id=True)],
        links=[str(link["href"]) for link in body.find_all("a", href=True)],
        pictures=[image for image in body.find_all("img") if not image.get("alt")]
        + [
            picture
            for picture in body.find_all("svg")
            if picture.find_parent(class_="plot")
            and not (picture.get("aria-label") or picture.get("aria-hidden"))
        ],
        leftovers=[],
    )
    for code in body.find_all(["pre", "code", "annotation"]):
        code.decompose()
    found.leftovers = leftovers(body.get_text("\n"))
    return found


@cache  # to read a page takes longer than all that is asked of it
def page(path: Path) -> Page:
    return read(path.read_text(encoding="utf-8"))


def ids(path: Path) -> list[str]:
    return page(path).ids


def test_what_is_asked_of_a_page_is_found() -> None:
    found = read(
        "<article><h1 id='a'>[[x</h1><p id='a'><a href='../'>b</a></p><code>[[c</code>"
        "<img src='d.png'><img src='e.png' alt='f'><div class='plot'><svg></svg>"
        "<svg aria-label='g'></svg></div><svg></svg></article><p id='h'><img src='//i.org/'></p>"
    )
    assert found.ids == ["a", "a"]
    assert found.links == ["../"]
    assert found.leftovers == ["[[x"]
    assert found.foreign == ["//i.org/"]
    assert [str(picture) for picture in found.pictures] == ['<img src="d.png"/>', "<svg></svg>"]


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_page(path: Path) -> None:
    found = page(path)
    assert not found.foreign
    assert not found.leftovers
    assert not found.pictures, "without a text"
    assert len(found.ids) == len(set(found.ids)), {i for i in found.ids if found.ids.count(i) > 1}


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    here = BASE + path.relative_to(SITE).as_posix().removesuffix("index.html")
    for link in page(path).links:
        url, anchor = urldefrag(urljoin(here, link))
        if not url.startswith(BASE):
            assert re.match(r"https://[\w.-]+\.\w+/", url), f"{link} is not a full https link"
            continue
        if url == f"{BASE}versions/":
            continue  # made when the site is published: docs_ext/publish.py
        target = SITE / unquote(url.removeprefix(BASE))
        target = target / "index.html" if target.is_dir() else target
        assert target.is_file(), f"{link} leads nowhere"
        if anchor and target.suffix == ".html":
            assert anchor in ids(target), f"{link}: no such anchor"


def test_every_formula_is_where_it_says() -> None:
    for formula in all_formulas().values():
        page = SITE / formula.page.removesuffix(".md").removesuffix("index") / "index.html"
        assert formula.id in ids(page), f"{formula.id} is not on {formula.page}"


def test_the_api_page_documents_exactly_the_public_names() -> None:
    page = ids(SITE / "api" / "index.html")
    shown = {name for name in page if re.fullmatch(r"lossref\.\w+\.\w+", name)}
    public = {f"{getattr(lossref, name).__module__}.{name}" for name in lossref.__all__}
    assert shown == public


def test_walkthroughs_can_be_downloaded_executed() -> None:
    sources = sorted((ROOT / "docs" / "walkthroughs").glob("*.py"))
    assert len(sources) >= 2
    for source in sources:
        page = SITE / "walkthroughs" / source.stem
        notebook = json.loads((page / f"{source.stem}.ipynb").read_text(encoding="utf-8"))
        assert any(cell.get("outputs") for cell in notebook["cells"])
        assert (page / "index.html").stat().st_size < 400_000


def test_nothing_of_this_machine_is_published() -> None:
    home = os.path.expanduser("~")
    for path in [*PAGES, *SITE.rglob("*.json"), *SITE.rglob("*.ipynb")]:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text, path
        assert f"{home}/" not in text, path


# --- the math font ------------------------------------------------------------------------------


def math_characters(page: BeautifulSoup) -> set[str]:
    """What is drawn inside formulas: a single letter in <mi> in italics, the sign of a root."""
    found: set[str] = set()
    for math in page.find_all("math"):
        for note in math.find_all("annotation"):
            note.decompose()
        found |= {"√"} if math.find(["msqrt", "mroot"]) else set()
        for leaf in math.find_all(["mi", "mo", "mn", "mtext"]):
            text = leaf.get_text()
            found |= set(text)
            if leaf.name == "mi" and len(text) == 1 and not leaf.get("mathvariant"):
                found.add(italic(text))
    return {char for char in found if not char.isspace() and char != "\ufe00"}


def italic(letter: str) -> str:
    """The character that MathML draws for a single letter."""
    for first, last, start in [("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC)]:
        if first <= letter <= last and letter != "h":
            return chr(start + ord(letter) - ord(first))
    return {"h": "ℎ"}.get(letter, letter)


@cache
def font_characters() -> set[str]:
    """What the subset of the math font has, as both style sheets say."""
    said = set()
    for name in ("site.css", "equation.css"):
        css = (ROOT / "docs" / "assets" / name).read_text(encoding="utf-8")
        said |= set(re.findall(r'"STIX Math".*?unicode-range: ([^;]+);', css))
    (ranges,) = said
    found: set[str] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return found


def test_italics() -> None:
    assert [italic(letter) for letter in "Azhαω∑"] == ["𝐴", "𝑧", "ℎ", "𝛼", "𝜔", "∑"]


def test_a_character_that_the_math_font_lacks_is_found() -> None:
    found = math_characters(soup("<math><mi>p</mi><mo>⊗</mo><mi>log</mi></math>"))
    assert found == {"p", "𝑝", "⊗", "l", "o", "g"}
    assert found - font_characters() == {"⊗"}
    assert math_characters(soup("<math><msqrt><mn>2</mn></msqrt></math>")) == {"√", "2"}


def test_the_math_font_is_the_first_available_one() -> None:
    assert " " in font_characters(), "else a browser takes the sizes of brackets from another font"


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_the_math_font_has_every_character(path: Path) -> None:
    missing = page(path).math - font_characters()
    assert not missing, f"not in the subset of docs/assets/fonts: {missing}"


def test_the_search_index_has_no_programs() -> None:
    """Nor coordinates of figures, nor formulas: words that a reader may type."""
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        for found in ("import numpy as np", "<pre", '":[', "\\frac"):
            assert found not in entry["text"], f"{entry['location']}: {found}"
