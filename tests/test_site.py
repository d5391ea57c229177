"""The built site: what only shows once pages are HTML. Needs `make site` to have run."""

import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup

import lossref
from docs_ext import ROOT
from docs_ext.formulas import all_formulas

SITE = ROOT / "site"
PAGES = sorted(p for p in SITE.rglob("*.html") if p.name != "404.html") if SITE.is_dir() else []
NAMES = [path.relative_to(SITE).as_posix() for path in PAGES]
BASE = "https://lossref.github.io/lossref/"


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def article(path: Path) -> BeautifulSoup:
    found = soup(path).find("article")
    assert found
    return found


def test_the_site_is_built() -> None:
    assert PAGES, "site/ is missing: run `make site` first"


@cache
def ids(path: Path) -> list[str]:
    return [str(element["id"]) for element in article(path).find_all(id=True)]


def foreign_requests(html: str) -> list[str]:
    """What a browser would fetch from another host when it opens the page."""
    page = BeautifulSoup(html, "html.parser")
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
    assert foreign_requests(html)


@pytest.mark.parametrize(
    "text", ["{{ x }}", "see [SE.2][] there", "[@Bishop06]", "$$x$$", r"\frac{1}{2}", "```python"]
)
def test_unread_markup_is_found(text: str) -> None:
    assert leftovers(text)


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_page(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert not foreign_requests(html)
    body = article(path)
    for code in body.find_all(["pre", "code", "annotation"]):
        code.decompose()
    assert not leftovers(body.get_text("\n"))
    found = ids(path)
    assert len(found) == len(set(found)), {i for i in found if found.count(i) > 1}
    for picture in body.find_all("svg"):
        if picture.find_parent(class_="plot"):
            assert picture.get("aria-label") or picture.get("aria-hidden")
    for image in body.find_all("img"):
        assert image.get("alt")


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_links_lead_somewhere(path: Path) -> None:
    here = BASE + path.relative_to(SITE).as_posix().removesuffix("index.html")
    for link in article(path).find_all("a", href=True):
        url, anchor = urldefrag(urljoin(here, str(link["href"])))
        if not url.startswith(BASE):
            assert re.match(r"https://[\w.-]+\.\w+/", url), (
                f"{link['href']} is not a full https link"
            )
            continue
        target = SITE / unquote(url.removeprefix(BASE))
        target = target / "index.html" if target.is_dir() else target
        assert target.is_file(), f"{link['href']} leads nowhere"
        if anchor and target.suffix == ".html":
            assert anchor in ids(target), f"{link['href']}: no such anchor"


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
