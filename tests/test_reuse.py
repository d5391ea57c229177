"""What a reader takes along: quotations, citations, Markdown, figures, the site on disk."""

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import jsonschema
import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, SoupStrainer
from pybtex.database import parse_string

from docs_ext import DOCS, ROOT, DocsError, downloads, later
from docs_ext.cite import Citation, bibtex_text, first_sentence, without_markdown
from docs_ext.claims import register
from docs_ext.exercises import all_exercises
from docs_ext.figures import FILES
from docs_ext.formulas import all_formulas
from docs_ext.macros import expand
from docs_ext.mathml import to_mathml
from docs_ext.offline import with_index
from docs_ext.plain import plain
from docs_ext.quotes import bibtex_of_all, in_one_line, slide_numbers, slide_titles, table_rows
from docs_ext.release import version

SITE = ROOT / "site"


# quotations


def _convert(text: str) -> str:
    names = ["md_in_html", "attr_list", "tables", "pymdownx.superfences"]
    return markdown.markdown(text, extensions=[*names, "docs_ext.quotes"])


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        ("a = b", "a = b"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = c"),
        (r"\begin{aligned} a &= b \\ d &= e \\ &= f \end{aligned}", "d = f"),
        (r"\begin{aligned} a &= \ind{k = c} \\ &= c \end{aligned}", "a = c"),
    ],
)
def test_a_derivation_in_one_line(tex: str, line: str) -> None:
    assert in_one_line(tex) == line


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned} a &= b \\ &\le c \end{aligned}",
        r"\begin{aligned} a &\approx b \\ &= c \end{aligned}",
        r"\begin{aligned} a = b \end{aligned}",
        r"\begin{aligned} a &= b = c \end{aligned}",
    ],
)
def test_what_is_no_chain_of_equalities_has_no_one_line(tex: str) -> None:
    with pytest.raises(DocsError):
        in_one_line(tex)


BAD_QUOTES = [
    "=== formula SE.999",
    "=== formula SE.18",  # a bound
    "=== drawing nopage/nothing",
    "=== drawing squared-error/definition",  # draws nothing
    "=== rows comparison/table.md | Color",
    "=== rows comparison/table.md",
    "=== rows comparison/nothing.md | Use",
    "=== rows index.bib | Use",
]


@pytest.mark.parametrize("line", BAD_QUOTES)
def test_a_quotation_of_nothing_is_rejected(line: str) -> None:
    with pytest.raises(DocsError):
        _convert(line)


def test_rows_of_a_table() -> None:
    text = "a\n\n| A | B |\n|---|---|\n| [x](#x) | 1 |\n| y | 2 |\n| z | 3 |\n"
    assert table_rows(text, ["z", "x"]) == [
        "| A | B |",
        "|---|---|",
        "| z | 3 |",
        "| [x](#x) | 1 |",
    ]


def test_a_drawing_quoted_twice_has_other_ids() -> None:
    once, twice = (_convert("=== drawing choosing/guide\n\n" * n) for n in (1, 2))
    ids = re.findall(r' id="([^"]+)"', twice)
    assert len(set(ids)) == len(ids) == 2 * len(re.findall(r' id="', once)) > 0
    targets = re.findall(r'(?:"|\()#([^")]+)', twice)
    assert set(targets) <= set(ids)


def test_quotations_become_html() -> None:
    html = _convert("=== formula SCE.5 | gradient\n\n=== slide\n\n## A\n\n=== end of slides\n\nb")
    assert "<math" in html
    assert "[SCE.5][]" in html  # a link, once autorefs has seen it
    assert html.count('<section class="slide">') == html.count("</section>") == 1
    assert "=== formula" in _convert("```text\n=== formula SCE.5\n```")


# the course plan


@pytest.mark.parametrize(
    "words",
    ["Nothing", "Outliers; Nothing", "Outliers; Squared error", "Outliers; Outliers",
     "Squared error; Its gradient; Outliers"],
)  # fmt: skip
def test_slides_that_are_not_there(words: str) -> None:
    with pytest.raises(DocsError, match="slides"):
        _convert(f"a [[slides {words}]]")


def test_numbers_of_slides() -> None:
    titles = slide_titles()
    assert slide_numbers(titles[2]) == (3, 3)
    assert slide_numbers(f"{titles[2]}; {titles[6]}") == (3, 7)
    assert ">3–7</a>" in _convert(f"a [[slides {titles[2]}; {titles[6]}]]")


def _planned(part: str) -> list[int]:
    """The slides that a part of the course plan shows."""
    text = (DOCS / "teach" / "index.md").read_text(encoding="utf-8")
    table = text.partition(f"{{ #{part} }}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|.*$", table, re.MULTILINE)
    ranges = re.findall(r"\[\[slides ([^\]]+)\]\]", "\n".join(rows))
    assert not re.search(r"slides? \d", text), "a number of a slide that is typed by hand"
    return [
        n for words in ranges for n in range(slide_numbers(words)[0], slide_numbers(words)[1] + 1)
    ]


def test_the_plans_show_every_slide_once_in_order() -> None:
    everything = list(range(1, len(slide_titles()) + 1))
    assert _planned("week") == everything
    lecture = _planned("lecture")
    assert lecture == sorted(set(lecture))
    assert {*everything[:18], *everything[-4:]} == set(lecture)


def test_the_lecture_fills_ninety_minutes() -> None:
    text = (DOCS / "teach" / "index.md").read_text(encoding="utf-8")
    for part, minutes in (("lecture", 90), ("lab", 120)):
        table = text.partition(f"{{ #{part} }}")[2].partition("\n## ")[0]
        assert sum(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE))) == minutes


# citations

PAGE = Citation("A & B", "https://lossref.github.io/lossref/losses/a/", "1.2.3", date(2026, 3, 4))


def test_bibtex_of_a_page_can_be_read() -> None:
    ((key, entry),) = parse_string(PAGE.bibtex, "bibtex").entries.items()
    assert key == "lossref:losses:a"
    assert entry.fields["title"] == r"{A \& B}"
    assert entry.fields["year"] == "2026"
    assert str(entry.persons["author"][0]) == "{The lossref authors}"


def test_ris_and_apa_of_a_page() -> None:
    lines = PAGE.ris.splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  - ")
    assert PAGE.apa == (
        "The lossref authors. (2026, March 4). A & B (lossref 1.2.3). "
        "https://lossref.github.io/lossref/losses/a/"
    )


def test_citation_files_agree() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    zenodo = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert str(cff["version"]) == version()
    assert cff["title"] == zenodo["title"]
    assert [a["name"] for a in cff["authors"]] == [c["name"] for c in zenodo["creators"]]
    assert cff["license"] == zenodo["license"]
    assert {"cross-entropy", "mean squared error"} <= {*cff["keywords"]} & {*zenodo["keywords"]}
    assert list(parse_string(bibtex_of_all("CITATION.cff"), "bibtex").entries) == ["lossref"]


def test_the_citation_file_has_a_date_once_there_is_a_release() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    dated = re.search(rf"^## {re.escape(version())} - (\d{{4}}-\d\d-\d\d)$", log, re.MULTILINE)
    assert str(cff.get("date-released")) == (dated[1] if dated else "None")


# what Zenodo takes: the part of https://developers.zenodo.org/ on deposit metadata that we use
TEXT = {"type": "string", "minLength": 3}
ZENODO = {
    "type": "object",
    "required": ["title", "upload_type", "description", "creators", "license", "access_right"],
    "additionalProperties": False,
    "properties": {
        "title": TEXT,
        "description": TEXT,
        "upload_type": {"enum": ["publication", "dataset", "software", "lesson", "other"]},
        "access_right": {"enum": ["open", "embargoed", "restricted", "closed"]},
        "license": {"enum": ["MIT", "cc-by-4.0"]},
        "language": {"type": "string", "pattern": "^[a-z]{3}$"},
        "keywords": {"type": "array", "items": TEXT},
        "creators": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
        },
        "related_identifiers": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["identifier", "relation"],
                "properties": {
                    "identifier": {"type": "string", "pattern": "^https://|^10\\."},
                    "relation": {"enum": ["isDocumentedBy", "isSupplementTo", "isDerivedFrom"]},
                },
            },
        },
    },
}


def test_zenodo_takes_its_file() -> None:
    jsonschema.validate(json.loads((ROOT / ".zenodo.json").read_text("utf-8")), ZENODO)


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"upload_type": "website"},
        {"creators": []},
        {"creators": ["The lossref authors"]},
        {"license": "free"},
        {"language": "English"},
        {
            "related_identifiers": [
                {"identifier": "lossref.github.io", "relation": "isDocumentedBy"}
            ]
        },
        {"authors": []},
    ],
    ids=str,
)
def test_what_zenodo_would_refuse(change: dict[str, object]) -> None:
    data = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | change, ZENODO)


def _built() -> list[Path]:
    return sorted(p for p in SITE.rglob("index.html") if "eq" not in p.relative_to(SITE).parts)


def test_every_page_says_how_to_cite_it() -> None:
    pages = _built()
    assert len(pages) > 20
    for path in pages:
        some = SoupStrainer(["link", "meta", "h1", "details"])  # the rest takes long to parse
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser", parse_only=some)
        canonical = page.find("link", rel="canonical")
        assert canonical, path
        tags = {
            str(m["name"]): str(m.get("content"))
            for m in page.find_all("meta", attrs={"name": True})
        }
        assert tags["citation_public_url"] == tags["DC.identifier"] == canonical["href"]
        assert tags["citation_title"] == tags["DC.title"]
        (heading,) = page.find_all("h1")
        for link in heading.select(".headerlink, .anchor-link"):
            link.decompose()
        assert tags["citation_title"] == heading.get_text().strip()
        assert tags["citation_author"] == tags["DC.creator"]
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["citation_publication_date"])
        (panel,) = page.select("details.cite-page")
        bibtex = panel.find("pre", attrs={"aria-label": "BibTeX"})
        assert bibtex
        ((_, entry),) = parse_string(bibtex.get_text(), "bibtex").entries.items()
        assert entry.fields["url"] == canonical["href"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A *b* and **c d**. More", "A b and c d. More"),
        ("- y * log(p) over `K`", "- y * log(p) over K"),
        ("see [SE.2][] and [x](../y.md#z)", "see SE.2 and x"),
        ("$\\vp$ at {{ exe_log2 }}", "$\\vp$ at 0.6931"),
    ],
)
def test_words_of_markdown(text: str, words: str) -> None:
    assert without_markdown(text) == words


def test_the_title_of_a_figure() -> None:
    assert first_sentence("The *more* wrong, at 0.5 or less. And more.") == (
        "The more wrong, at 0.5 or less"
    )


def test_bibtex_text_keeps_tex() -> None:
    assert bibtex_text(r"5 % of $\pred_i$ & {x}") == r"5 \% of $\hat{y}_i$ \& \{x\}"


def _entries(path: str, kind: str) -> list[tuple[str, str, str]]:
    """Key, how published, URL of the folded BibTeX entries of a page, for things of one kind."""
    html = later.whole(SITE / path / "index.html")
    some = SoupStrainer(["link", "details"])  # the rest takes long to parse
    page = BeautifulSoup(html, "html.parser", parse_only=some)
    found = []
    for text in page.select(".cite-this pre"):
        ((key, entry),) = parse_string(text.get_text(), "bibtex").entries.items()
        if f", {kind} " not in entry.fields["howpublished"]:
            continue
        assert entry.fields["title"].strip("{}")
        assert "](" not in entry.fields["title"]
        where, _, anchor = entry.fields["url"].partition("#")
        canonical = page.find("link", rel="canonical")
        assert canonical
        assert where == canonical["href"]
        assert f'id="{anchor}"' in html
        found.append((key, entry.fields["howpublished"], entry.fields["url"]))
    return found


def test_bibtex_of_every_figure() -> None:
    keys, figures = set(), set()  # some are on two pages
    for path in _built():
        where = path.parent.relative_to(SITE).as_posix()
        names = re.findall(r'<figure [^>]*data-figure="([^"]+)"', path.read_text("utf-8"))
        entries = _entries(where, "figure")
        assert [how for _, how, _ in entries] == [
            f"lossref {version()}, figure {name}" for name in names
        ]
        keys |= {key for key, _, _ in entries}
        figures |= set(names)
        for name in names:
            for kind in FILES:
                assert (SITE / "figures" / f"{name}.{kind}").is_file()
    assert len(keys) == len(figures) > 40


def test_bibtex_of_every_claim() -> None:
    entries = _entries("claims", "claim")
    assert [key for key, _, _ in entries] == [f"lossref:{id}" for id in register().claims]
    exported = json.loads((SITE / "claims.json").read_text(encoding="utf-8"))["claims"]
    for claim, (key, _, url) in zip(exported, entries, strict=True):
        assert list(parse_string(claim["bibtex"], "bibtex").entries) == [key]
        assert claim["url"] == url


# Markdown

STRANGE = (
    r"\{\{ .{0,30}|\]\[\]|\[@\w+|^=== .*|\[\[(?:version|date|slides)"
    r"|^</?\w+|Only on the page|\\pred"
)
UNSAID = (  # menus, and what serves the page itself
    "form, template, [data-later], .cite-page, .cite-this, .formula-menu, .run-bar, .files,"
    " .headerlink, .anchor-link,"
    " .download, .downloads, .explorer-controls, .explorer-key, .linenos, .mkdocstrings-source,"
    " .formula-about, .filename, .jp-InputPrompt"
)
_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]{2,}")


def lost(page: str, text: str) -> list[str]:
    """What the article of a page says and its Markdown does not."""
    article = re.sub(r"<math\b.*?</math>", " ", page, flags=re.DOTALL)
    article = re.sub(
        r"<svg\b[^>]*?(?:aria-label=\"([^\"]*)\"[^>]*)?>.*?</svg>",
        r" \1 ",
        article,
        flags=re.DOTALL,
    )
    (soup,) = BeautifulSoup(article, "html.parser").select("article")
    for unsaid in soup.select(UNSAID):
        unsaid.decompose()
    unindented = re.sub(r"^[> ]+", "", text, flags=re.MULTILINE)
    missing = []
    for program in soup.find_all("pre"):
        lines = re.sub(r"^[> ]+", "", program.get_text().strip(), flags=re.MULTILINE)
        missing += [] if lines in unindented else [lines]
        program.decompose()
    known = set(_WORD.findall(re.sub(r"[*`]", "", text)))
    return missing + sorted(set(_WORD.findall(soup.get_text(" "))) - known)


@pytest.mark.parametrize("path", _built(), ids=lambda path: str(path.parent.relative_to(SITE)))
def test_the_markdown_of_a_page_says_what_the_page_says(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    text = path.with_name("index.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    outside = re.sub(r"^( *)```.*?^\1```$|`[^`\n]+`", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not re.findall(STRANGE, outside, re.MULTILINE)
    assert not lost(html, text)
    for url in re.findall(r"(?<!\\)\]\(([^)]+)\)", outside):
        assert url.startswith("https://"), url
    page = path.parent.relative_to(SITE).as_posix()
    for id, formula in all_formulas().items():
        if re.sub(r"(?:/?index)?\.md$", "", formula.page) == page.removeprefix("."):
            assert f"**{id}** {formula.meaning}:\n" in text
            assert expand(formula.tex) in text or "> $$" in text, id
    for caption in re.findall(r'<figure class="plot"[^>]*data-figure="([^"]+)"', html):
        assert f"](https://lossref.github.io/lossref/figures/{caption}.svg)" in text


def test_the_markdown_of_the_register_has_every_claim() -> None:
    text = (SITE / "claims" / "index.md").read_text(encoding="utf-8")
    for id, claim in register().claims.items():
        assert f"### {id}: {claim.title}\n" in text
        section = text.partition(f"### {id}: ")[2].partition("\n### ")[0]
        assert f"**{claim.verdict}** · about " in section
        assert f"asserted by `test_{id}`" in section


SMALL = """<article><h1>Title</h1><p>Loss 0.25 of <a href="../x/">here</a>.</p>
<svg aria-label="A curve"><text>9</text></svg><pre>a = 1
b = 2</pre><table><tr><th>Head</th></tr><tr><td>3|4</td></tr></table></article>"""


def test_nothing_lost() -> None:
    assert not lost(SMALL, plain(SMALL, "https://a.b/c/"))


@pytest.mark.parametrize("gone", ["Title", "0.25", "here", "curve", "b = 2", "Head", "4"])
def test_a_loss_is_noticed(gone: str) -> None:
    assert lost(SMALL, plain(SMALL, "https://a.b/c/").replace(gone, ""))


def test_plain_markdown_of_each_thing() -> None:
    math = to_mathml(r"\pred", display=False)
    source = (
        f"<p>a <em>b</em> <strong>c</strong> {math}, <code>x</code> <code>`y`</code>,\n"
        '<a class="autorefs" href="../#SE.2">SE.2</a> <a href="../x/">z</a></p>'
        "<ul><li>one</li><li><p>two</p><ol><li>three</li></ol></li></ul>"
        "<blockquote><p>q</p></blockquote>"
        '<div class="admonition"><p class="admonition-title">N</p><p>m</p></div>'
        '<div class="language-python highlight"><span class="filename">f.py</span>'
        "<pre><code>p = 1\n</code></pre></div><dl><dt>k</dt><dd>v</dd></dl>"
        '<figure data-figure="a/b"><svg aria-label="alt"></svg>'
        "<figcaption>cap</figcaption></figure>"
        '<form>no</form><p class="files">no</p><!-- no -->'
    )
    assert plain(source, "https://a.b/c/") == (
        "a *b* **c** $\\hat{y}$, `x` `` `y` ``,\nSE.2 [z](https://a.b/x/)\n\n"
        "- one\n\n- two\n\n  1. three\n\n> q\n\n> **N**\n>\n> m\n\n"
        '```python title="f.py"\np = 1\n```\n\n- k: v\n\n'
        "![alt](https://lossref.github.io/lossref/figures/a/b.svg)\n\ncap\n"
    )


def test_a_formula_from_elsewhere_stops_the_build() -> None:
    with pytest.raises(DocsError, match="did not make"):
        plain("<math><mi>x</mi></math>", "https://a.b/")


def test_llms_txt_lists_every_page() -> None:
    text = (SITE / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# lossref\n\n> ")
    urls = re.findall(r"\]\((https://[^)]+)\)", text)
    assert len(urls) == len(set(urls)) > 20
    for url in urls:
        assert (SITE / url.removeprefix("https://lossref.github.io/lossref/")).is_file(), url


def test_exercises_json() -> None:
    data = json.loads((SITE / "exercises.json").read_text(encoding="utf-8"))
    assert [e["id"] for e in data["exercises"]] == list(all_exercises())
    for exercise in data["exercises"]:
        assert all(exercise[part] for part in ("question", "hint", "answer", "level", "kind"))
        assert bool(exercise["check"]) == (exercise["kind"] == "program")


# files of figures


FIGURES = sorted(path.with_suffix("") for path in (SITE / "figures").rglob("*.png"))


def test_figures_of_all_kinds() -> None:
    folders = {path.relative_to(SITE / "figures").parts[0] for path in FIGURES}
    assert {"experiments", "walkthroughs", "gradients"} <= folders


@pytest.mark.parametrize("figure", FIGURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_figure_can_be_taken_along(figure: Path) -> None:
    drawing = figure.with_suffix(".svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(drawing)
    title, license_ = root[0].text or "", root[1].text or ""
    assert len(title) >= 60
    assert "CC BY 4.0" in license_
    assert "var(" not in drawing
    assert "currentColor" not in drawing
    pdf, png = (figure.with_suffix(f".{kind}").read_bytes() for kind in ("pdf", "png"))
    assert pdf.startswith(b"%PDF")
    assert b"CC BY 4.0" in pdf
    assert png.startswith(b"\x89PNG")
    assert b"CC BY 4.0" in png
    assert b"Description" in png
    assert b"/Subject" in pdf


# files for print


def test_downloads_are_offered_where_they_exist(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(downloads, "folder", lambda: tmp_path)

    def offered(url: str) -> list[str]:
        place = '<p class="downloads" data-search-exclude></p>'
        html = downloads.on_page_content(place, SimpleNamespace(url=url), None, None)
        return [str(link["href"]) for link in BeautifulSoup(html, "html.parser").find_all("a")]

    assert not offered("teach/cheat-sheet/")
    for name in (*downloads.PRINTS, *downloads.DRAWINGS):
        (tmp_path / name).touch()
    sheet = ["../cheat-sheet-a4.pdf", "../cheat-sheet-letter.pdf", "../cheat-sheet.svg"]
    assert offered("teach/cheat-sheet/") == sheet
    assert offered("teach/slides/") == ["../slides.pdf"]
    assert not offered("losses/variants/")


# the site on disk


def test_links_to_folders_get_their_index(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").touch()
    (tmp_path / "index.html").touch()
    page = tmp_path / "a" / "index.html"

    def mended(href: str) -> str:
        return with_index(f'<a href="{href}">', page).removeprefix('<a href="').removesuffix('">')

    assert mended("../") == "../index.html"
    assert mended("..") == "../index.html"
    assert mended("../#x") == "../index.html#x"
    assert mended("../a/?q=1") == "../a/index.html?q=1"
    assert mended("./") == "index.html"
    for same in ("#x", "https://a.b/", "../missing/", "../a.json", "/a/", "mailto:a@b.c"):
        assert mended(same) == same
    assert with_index('<link rel="preload" href="../a/" as="font">', page) == ""
