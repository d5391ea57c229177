"""What is fetched on demand: it is all there, links stand in for it, and it comes when touched."""

import gzip
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from docs_ext import ROOT, DocsError, later
from docs_ext.equations import source_url

SITE = ROOT / "site"
PAGES = sorted(path.parent for path in SITE.rglob(later.FILE))
NAMES = [path.relative_to(SITE).as_posix() for path in PAGES]

CODE = '<div class="highlight"><span class="filename">a/b.py</span><pre><code>x</code></pre></div>'
BAR = '<p class="run-bar"><a download="" href="../snippets/a/b.py">Download b.py</a></p>'
CITE = '<details class="cite-this"><summary>Cite</summary><pre>@misc</pre></details>'
FOLDED = (
    f'<details class="program" data-snippet="a/b">\n<summary>Code</summary>{{}}{CITE}</details>'
)
SOURCE = (
    '<details class="mkdocstrings-source">\n<summary>Source code in <code>lossref/x.py</code>'
    "</summary><div><pre><code>def f</code></pre></div></details>"
)
SLIDERS = '<div class="explorer"><svg></svg><template data-search-exclude>{"a":1}</template></div>'


def test_a_page_is_split_and_made_whole(tmp_path: Path) -> None:
    page = f"<p>a</p>{FOLDED.format(CODE + BAR)}<p>b</p>{SLIDERS}{SOURCE}<p>c</p>"
    text, parts = later.split(page)
    assert len(parts) == 3
    assert "@misc" not in text
    assert '{"a":1}' not in text
    assert text.count("</details>") == 2
    assert '<a download="" href="../snippets/a/b.py">Download b.py</a>' in text
    assert "run-bar" not in text, "no buttons for a program that is not there"
    assert f'href="{source_url("lossref/x.py")}"' in text
    (tmp_path / "index.html").write_text(text)
    (tmp_path / later.FILE).write_text(json.dumps(parts))
    whole = later.whole(tmp_path / "index.html")
    assert "data-later" in whole
    button = re.compile(r'<pre id="[^"]*"><nav.*?</nav>')
    assert re.sub(
        r'<div data-later="\d">(.*?)</div>(?=</details>)', r"\1", button.sub("<pre>", whole)
    ) == (
        page.replace(
            "<template data-search-exclude>", '<template data-search-exclude data-later="1">'
        )
    )


def test_a_program_that_is_no_snippet_is_in_the_repository() -> None:
    text, _ = later.split(FOLDED.format(CODE))
    assert f'<a href="{source_url("a/b.py")}">a/b.py</a>' in text


@pytest.mark.parametrize(
    "page",
    [
        '<div class="snippet" data-snippet="a/b"><pre><code>x</code></pre></div>',
        '<details class="note"><summary>Why</summary><pre><code>x</code></pre></details>',
        '<details class="program"><summary>Files of this figure</summary><p>SVG</p></details>',
        "<template><p>a</p></template>",
    ],
)
def test_the_rest_stays(page: str) -> None:
    assert later.split(page) == (page, [])


@pytest.mark.parametrize(
    "page",
    [FOLDED.format(CODE).removesuffix("</details>"), FOLDED.format("<pre><code>x</code></pre>")],
    ids=["no end", "nothing to link"],
)
def test_what_cannot_be_split_stops_the_build(page: str) -> None:
    with pytest.raises(DocsError):
        later.split(page)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_parts_of_a_page(page: Path) -> None:
    """Each has its place; nothing on the site links into one, which would not be there."""
    text = (page / "index.html").read_text("utf-8")
    parts = json.loads((page / later.FILE).read_text("utf-8"))
    assert re.findall(r'data-later="(\d+)"', text) == [str(n) for n in range(len(parts))]
    whole = BeautifulSoup(later.whole(page / "index.html"), "html.parser")
    ids = [tag["id"] for tag in whole.find_all(id=True)]
    assert len(ids) == len(set(ids))
    inside = {tag["id"] for box in whole.select("[data-later]") for tag in box.find_all(id=True)}
    linked = {a["href"][1:] for a in whole.find_all("a", href=re.compile("^#"))}
    assert not inside & linked
    details = BeautifulSoup(text, "html.parser", parse_only=SoupStrainer("details"))
    for box in details.select("[data-later]"):
        assert box.find("a", href=True), "a link for readers without scripts"


def test_the_parts_are_most_of_some_pages() -> None:
    sizes = {
        name: len(gzip.compress((page / later.FILE).read_bytes(), 9))
        for name, page in zip(NAMES, PAGES, strict=True)
    }
    assert {"api", "comparison/gradients", "claims/evidence"} <= set(sizes)
    assert sizes["api"] > 15_000
    assert max(sizes.values()) < 30_000


# --- in a browser -------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_program_comes_when_it_is_opened(browser, server: str, asked: list[str]) -> None:
    page = browser.new_page(permissions=["clipboard-write"])
    page.goto(f"{server}/losses/information/", timeout=90_000, wait_until="networkidle")
    box = page.locator("details.program").first
    assert "/losses/information/later.json" not in asked
    box.locator("summary").first.focus()
    page.keyboard.press("Enter")
    box.get_by_role("button", name="Run").wait_for()
    assert asked.count("/losses/information/later.json") == 1
    assert "import matplotlib" in box.locator("pre").first.inner_text()
    assert not page.locator("[data-later]").count()
    box.locator(".md-code__button").first.click()
    page.get_by_text("Copied to clipboard").wait_for()
    page.close()


@pytest.mark.browser
def test_without_a_connection_the_link_stays(browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/losses/information/", timeout=90_000, wait_until="networkidle")
    page.route("**/later.json", lambda route: route.abort())
    box = page.locator("details.program").first
    with page.expect_event("requestfailed"):
        box.locator("summary").first.click()
    assert box.get_by_role("link", name=re.compile(r"Download .*\.py")).is_visible()
    page.unroute("**/later.json")
    page.locator("h1").hover()
    box.locator("summary").first.hover()
    box.get_by_role("button", name="Run").wait_for()
    page.close()


@pytest.mark.browser
def test_without_scripts_a_link_leads_to_the_program(browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/losses/information/", timeout=90_000)
    box = page.locator("details.program").first
    box.locator("summary").first.click()
    link = box.get_by_role("link", name=re.compile(r"Download .*\.py"))
    assert link.is_visible()
    answer = page.request.get(link.evaluate("e => e.href"))
    assert "def figure" in answer.text()
    page.goto(f"{server}/api/", timeout=90_000)
    source = page.locator(".mkdocstrings-source").first
    source.locator("summary").click()
    assert source.get_by_role("link", name="lossref/links.py").is_visible()
    context.close()
