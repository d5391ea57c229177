"""What makes the site light and findable: style sheets, scripts, the search index, descriptions."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from docs_ext import ROOT, DocsError, findable, search, shake, slim
from docs_ext.access import named
from docs_ext.figures import compact, short_path
from docs_ext.slim import Vocabulary, purged

SITE = ROOT / "site"

# --- style sheets and scripts -------------------------------------------------------------------

PAGE = '<body dir="ltr" data-md-color-scheme="slate"><p class="a b" id="top" style="x:var(--read)">'
SCRIPT = 'e.className="made";d.className="mermaid"'


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".a{color:red}", True),
        (".gone{color:red}", False),
        (".a .gone{color:red}", False),
        ("#top{color:red}", True),
        ("#gone{color:red}", False),
        (".made{color:red}", True),
        (".mermaid{color:red}", False),  # only ever made where a page asks for it
        ("p:not(.gone){color:red}", True),
        (":is(.gone,.a){color:red}", True),
        (":is(.gone){color:red}", False),
        ("[dir=rtl] .a{color:red}", False),
        ("[dir=ltr] .a{color:red}", True),
        ("[data-md-color-scheme=slate]{color:red}", True),
        ('[data-md-color-primary="lime"]{color:red}', False),
        ("[title]{color:red}", True),
        ("@media print{.a{color:red}}", True),
        ("@media print{.gone{color:red}}", False),
        ("@font-face{font-family:x}", True),
    ],
)
def test_rules_that_may_match_are_kept(rule: str, kept: bool) -> None:
    assert bool(purged(rule, Vocabulary([PAGE], [SCRIPT]))) == kept


def test_of_a_list_of_selectors_the_dead_go() -> None:
    assert purged(".a, .gone > p { color : red }", Vocabulary([PAGE], [])) == ".a{color:red}"


def test_variables_that_nothing_reads_go() -> None:
    sheet = ":root{--read:1;--used:2;--unused:url('a;b');--only-unused:3}.a{x:var(--used)}"
    sheet += """:root{--icon:url("a;<!--(b)--> \'c\' \\"d\\"");--read:1}"""
    sheet += ".b{--unused:var(--only-unused)}"
    text = purged(sheet, Vocabulary([PAGE], []))
    assert set(re.findall(r"--[\w-]+", text)) == {"--read", "--used"}


@pytest.mark.parametrize("sheet", [".a{} }", ".a{color red}", "@media print{ } }"])
def test_a_broken_style_sheet_stops_the_build(sheet: str) -> None:
    with pytest.raises(DocsError):
        purged(sheet, Vocabulary([PAGE], []))


def test_the_script_of_the_theme_is_patched_once() -> None:
    script = ";".join(old.replace(" … ", "x") for old in shake.PATCHES)
    assert shake.patched(script) == ";".join(shake.PATCHES.values())
    for bad in (script[1:], script + script, ""):
        with pytest.raises(DocsError):
            shake.patched(bad)


IIFE = """"use strict";(()=>{%s})();"""


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("function a(){return 1}b();function b(){}", "b();function b(){}"),
        ("function a(){b()}function b(){a()}", ""),
        ("var a=1,b=()=>a,c=new Map;", "var c=new Map;"),
        ("var a=1,b=()=>a,c=b();", "var a=1;var b=()=>a;var c=b();"),
        ("var a=call();", "var a=call();"),  # who knows what it does
        ("function a(){}x.a();", "x.a();"),  # a property of another thing
        ("function a(){}x(...a);", "function a(){}x(...a);"),
        ("var a='b;c',b=`;${a};}`;d(b);", "var a='b;c';var b=`;${a};}`;d(b);"),
        ("function a(){return/[/}]/.test(1)}function b(){}b()", "function b(){}b();"),
        ("/* a() */function a(){}b();", "/* a() */function a(){}b();"),  # keeps more than it must
        ("var T=(function(e){return e})(F);", ""),  # a class
        ("if(x){a()}function a(){}", "if(x){a()}function a(){};"),
    ],
)
def test_what_nothing_names_goes(script: str, left: str) -> None:
    assert shake.shaken(IIFE % script) == IIFE % left


def test_a_script_that_cannot_be_read_stops_the_build() -> None:
    for bad in ("var a='b", "a(/* b", "var a=/b\n/;"):
        with pytest.raises(DocsError):
            shake.shaken(IIFE % bad)


@pytest.mark.parametrize(
    ("features", "page"),
    [
        (["content.tooltips"], ""),
        (["navigation.tabs", "content.code.annotate"], ""),
        ([], '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'),
        ([], '<pre class="mermaid">'),
        ([], '<div class="highlight annotate">'),
    ],
)
def test_a_feature_that_was_taken_out_cannot_be_used(features: list[str], page: str) -> None:
    with pytest.raises(DocsError):
        shake.check(features, {"page": page})


def test_features_that_are_used_are_no_fault() -> None:
    shake.check(["content.code.copy", "navigation.tabs"], {"page": '<p class="a">mermaid</p>'})


def test_a_page_is_compact_where_nobody_sees_it() -> None:
    page = '<div data-search-exclude="">\n\n    <p>a\n  b</p>\n'
    page += "<pre data-search-exclude>  c\n\n  d</pre><svg data-search-exclude role='img'>"
    assert slim.compact(page) == "<div>\n<p>a\nb</p>\n<pre>  c\n\n  d</pre><svg role='img'>"


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 31.151 180.8 L 394.47 180.8 L 394.47 16.59 z ", "M31.2 180.8l363.3 0 0-164.2z"),
        ("M 0 0 L 0 3.5 ", "M0 0l0 3.5"),
        ("M 0 2.5 C 0.663 2.5 1.29 2.2 1.77 1.77 ", "M0 2.5c.66 0 1.29-.3 1.77-.73"),
        ("M 0 0 L 90.04 0 L 180.08 0 L 270.12 0 ", "M0 0l90 0 90.1 0 90 0"),  # no drift
        ("M 1 1 L 30 1 z M 2 2 L 30 2 ", "M1 1l29 0zM2 2l28 0"),
    ],
)
def test_short_path(path: str, short: str) -> None:
    assert short_path(path) == short


@pytest.mark.parametrize("path", ["M 0", "M 0 0 H 3", "M 0 0 L 1 2 3", "M 0 0 l 1 1"])
def test_a_path_of_another_kind_is_rejected(path: str) -> None:
    with pytest.raises(DocsError):
        short_path(path)


@pytest.mark.parametrize(
    ("drawing", "short"),
    [
        (
            '<text x="1.25" y="2.04" transform="rotate(-0 1 2)">a b</text>',
            '<text x="1.2" y="2">a b</text>',
        ),
        (
            '<text transform="rotate(-90 1 2)">a</text>',
            '<text transform="rotate(-90 1 2)">a</text>',
        ),
        ('<path style="fill: none; stroke: red;  "/>', '<path style="fill:none;stroke:red"/>'),
        ("<g> <g> <path/> </g> <g> </g> </g>", "<path/>"),
        ('<g clip-path="url(#p)"> <path/> </g>', '<g clip-path="url(#p)"><path/></g>'),
        (
            '<use x="1" style="fill: red"/><use x="2" style="fill: red"/><use y="3" style="a: b"/>',
            '<g style="fill:red"><use x="1"/><use x="2"/></g><g style="a:b"><use y="3"/></g>',
        ),
    ],
)
def test_a_drawing_is_compact(drawing: str, short: str) -> None:
    assert compact(drawing) == short


def test_a_script_of_ours_is_bare() -> None:
    assert slim._bare("// a\n{\n  // b\n  c(`x ${d}`); // e\n}\n") == "{\nc(`x ${d}`); // e\n}\n"
    with pytest.raises(DocsError):
        slim._bare("a(`b\n  c`)")


# --- search -------------------------------------------------------------------------------------


def test_the_index_keeps_names_and_rare_words() -> None:
    start = "word " * 40
    docs = [
        {
            "location": "a/",
            "title": "A",
            "text": f"<p>{start} common Kullback lse_of SE.9 rare</p>",
        },
        *({"location": f"{n}/", "title": "", "text": "common &lt; 𝐩 thing"} for n in range(5)),
    ]
    first, second, *_ = search.shortened(docs)
    assert first["text"].endswith("… Kullback lse_of SE.9 rare")
    assert len(first["text"]) < search.SHOWN + 40
    assert second["text"] == "common < thing"


def test_pages_that_explain_come_before_others_but_not_before_their_own_boost() -> None:
    docs = [{"location": f"{page}/#x", "title": "", "text": ""} for page in ("losses/a", "api")]
    docs.append({**docs[0], "boost": 5})
    assert [entry.get("boost") for entry in search.shortened(docs)] == [2, None, 5]


def test_prompts_of_notebooks_are_not_text() -> None:
    assert search.text_of("In\xa0[\xa0]: <p>In [ ]: Sure</p>") == "Sure"


def test_debugging_entries_stay_whole() -> None:
    text = "nan " * 200
    (entry,) = search.shortened(
        [{"location": "practice/debugging/#nan", "title": "", "text": text}]
    )
    assert entry["text"] == text.strip()


# --- what search engines and shared links read --------------------------------------------------

PAGES = sorted(p for p in SITE.rglob("*.html") if p.name != "404.html")


def head(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8").partition("<body")[0], "html.parser")


def test_titles_and_descriptions_tell_pages_apart() -> None:
    titles, descriptions = {}, {}
    for path in PAGES:
        found = head(path)
        title = found.title.get_text()
        described = found.find("meta", attrs={"name": "description"})
        assert len(title) >= len("API - lossref"), path
        assert "lossref" in title
        assert described, path
        assert 25 <= len(described["content"]) <= 220, path
        assert title not in titles, (path, titles[title])
        assert described["content"] not in descriptions, (path, descriptions[described["content"]])
        titles[title], descriptions[described["content"]] = path, path


def faults(text: str) -> list[str]:
    """What is wrong with structured data, as Google and schema.org ask for it."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        return ["no JSON"]
    needed = {
        "WebSite": ("name", "url"),
        "TechArticle": ("headline", "author", "dateModified", "image", "url", "description"),
        "Dataset": ("name", "description", "license", "creator", "distribution", "url"),
    }
    found = [] if data.get("@context") == "https://schema.org" else ["no context"]
    for thing in data.get("@graph", [{}]):
        type_ = thing.get("@type")
        if type_ not in needed:
            found.append(f"type {type_}")
            continue
        found += [f"{type_} without {name}" for name in needed[type_] if not thing.get(name)]
        if type_ == "Dataset" and not 50 <= len(thing.get("description", "")) <= 5000:
            found.append("a description of 50 to 5000 characters")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"@context": "https://schema.org", "@graph": [{"@type": "Article"}]}',
        '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}]}',
        '{"@graph": [{"@type": "WebSite", "name": "x", "url": "y"}]}',
    ],
)
def test_faults_of_structured_data_are_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("path", [p for p in PAGES if "eq" not in p.parts], ids=str)
def test_previews_and_structured_data(path: Path) -> None:
    found = head(path)
    scripts = found.find_all("script", type="application/ld+json")
    assert len(scripts) == 1
    assert not faults(scripts[0].string)
    tags = {tag["property"]: tag["content"] for tag in found.find_all("meta", property=True)}
    for name in ("title", "description", "url", "image", "image:alt", "type", "site_name"):
        assert tags[f"og:{name}"]
    canonical = found.find("link", rel="canonical")["href"]
    assert canonical == tags["og:url"]
    picture = SITE / tags["og:image"].removeprefix(findable.site_url())
    assert picture.read_bytes()[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)


def test_the_exports_are_described_as_data() -> None:
    for page, (name, _) in findable.DATASETS.items():
        path = SITE / page.removesuffix("index.md").removesuffix(".md") / "index.html"
        assert f'"contentUrl": "{findable.site_url()}{name}"' in path.read_text("utf-8")
        assert (SITE / name).is_file()


def test_a_script_cannot_end_in_structured_data() -> None:
    for path in PAGES:
        for text in re.findall(r'ld\+json">(.*?)</script>', path.read_text("utf-8"), re.DOTALL):
            assert "<" not in text


def test_a_description_is_found_or_asked_for() -> None:
    assert findable.first_sentences("<p>a</p><p>" + "word " * 50 + "</p>").endswith("word …")
    with pytest.raises(DocsError):
        findable.first_sentences("<h1>No text</h1><p>a</p>")


def test_the_sitemap_has_every_page() -> None:
    listed = set(re.findall(r"<loc>(.*?)</loc>", (SITE / "sitemap.xml").read_text("utf-8")))
    urls = {
        findable.site_url() + p.relative_to(SITE).as_posix().removesuffix("index.html")
        for p in PAGES
        if "eq" not in p.parts
    }
    assert urls == listed


def test_the_page_for_what_is_not_found_has_a_search_and_asks_nobody() -> None:
    text = (SITE / "404.html").read_text("utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert page.find("form", attrs={"name": "search"})
    assert page.find("h1")
    assert page.title.get_text() == "Not found - lossref"
    assert not re.findall(r'(?:src|stylesheet" href)="(?:https?:)?//', text)


def test_sections_of_the_navigation_have_names() -> None:
    nav = (
        '<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_5_label" '
        'aria-expanded="true">\n'
        '<label class="md-nav__title" for="__nav_5">\n'
        '<span class="md-nav__icon md-icon"></span>\n Claims\n </label>'
    )
    assert 'aria-label="Claims" aria-expanded' in named(nav)
    assert "labelledby" not in named(nav)
    for path in PAGES:
        assert 'aria-labelledby="__nav' not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("html", "boxes"),
    [
        ("<table><tr><td>1</table>", 1),
        ('<table id="a"><tr><td>1</table> <table>\n<tr><td>2</table>', 2),
        ('<table class="own"><tr><td>1</table>', 0),
        ('<table id="a" class="own"><tr><td>1</table>', 0),
    ],
)
def test_tables_are_boxed(html: str, boxes: int) -> None:
    page = f'<div data-md-component="container">{html}</div>'
    boxed = slim.boxed(page)
    assert boxed.count("md-typeset__scrollwrap") == boxes
    assert boxed.count("</div>") == 2 * boxes + 1
    assert re.sub(r'<div class="md-typeset_.*?">|</div>', "", boxed) == re.sub("</div>", "", page)
    assert slim.boxed(html) == html  # a page without the theme
