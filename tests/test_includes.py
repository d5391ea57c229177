"""The `{{ }}` includes, values, citations and figures: what they accept and what they reject."""

import json
import re

import markdown
import matplotlib.pyplot as plt
import pytest

from docs_ext import DocsError, citations, values
from docs_ext.figures import COLORS, STYLE, alt_text, attempt, draw, figure_svg, svg_for_page
from docs_ext.includes import directives
from docs_ext.snippets import Snippet, all_snippets
from tests import drawn as pictures

EXTENSIONS = ["docs_ext.includes", "docs_ext.citations"]
FIGURES = [snippet.name for snippet in all_snippets() if snippet.draws]


def _convert(text: str) -> str:
    return markdown.markdown(
        text,
        extensions=["md_in_html", "tables", "pymdownx.superfences", *EXTENSIONS],
    )


BAD_LINES = {
    "missing snippet": "{{ snippet squared-error/no_such_file }}",
    "missing page": "{{ snippet nopage/definition }}",
    "unknown directive": "{{ include squared-error/definition }}",
    "no name": "{{ snippet }}",
    "path upward": "{{ snippet ../lossref/links }}",
    "extension typed": "{{ snippet squared-error/definition.py }}",
    "no spaces": "{{snippet squared-error/definition}}",
    "figure without caption": "{{ figure index/losses }}",
    "figure of no experiment": "{{ figure experiments/none | Caption. }}",
    "outcome of no experiment": "{{ outcome experiments/none }}",
    "outcome of a page": "{{ outcome claims/rare }}",
    "register with a name": "{{ claims all }}",
    "caption on a snippet": "{{ snippet squared-error/definition | caption }}",
    "figure of a snippet that draws none": "{{ figure squared-error/definition | Caption. }}",
    "explorer without caption": "{{ explorer gradients/explore }}",
    "explorer of a snippet that has none": "{{ explorer squared-error/definition | Caption. }}",
    "table of a snippet that prints none": "{{ table squared-error/definition }}",
    "unknown value": "the value is {{ no_such_value }} here",
    "unknown citation": "as shown [@Nobody99]",
    "one unknown of two": "as shown [@Bishop06; @Nobody99]",
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_include_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        _convert(BAD_LINES[case])


def test_includes_in_code_are_left_alone() -> None:
    line = "{{ snippet squared-error/definition }}"
    html = _convert(f"```text\n{line}\n```\n\n{line}\n")
    assert html.count('class="snippet"') == 1
    assert html.count(line) == 1
    html = _convert("```text\n{{ snippet nopage/x }}\n```\n\nand `{{ no_such_value }}`")
    assert "{{ snippet nopage/x }}" in html
    assert "<code>{{ no_such_value }}</code>" in html


def test_a_snippet_shows_program_and_committed_output() -> None:
    snippet = Snippet("squared-error/definition")
    html = _convert("{{ snippet squared-error/definition }}")
    assert "snippets/squared-error/definition.py" in html
    assert snippet.output.splitlines()[0] in html


def test_directives_report_what_a_page_includes() -> None:
    text = "a\n\n{{ snippet a-b/c }}\n\n{{ figure d/e | Why. }}\n"
    assert [(m["kind"], m["name"]) for m in directives(text)] == [
        ("snippet", "a-b/c"),
        ("figure", "d/e"),
    ]


BAD_VALUES = ["a = ", "a: 1", "A = 1", "= 1", "a = 1\na = 2", "0.5"]


@pytest.mark.parametrize("text", BAD_VALUES)
def test_a_malformed_values_file_is_rejected(text: str) -> None:
    with pytest.raises(DocsError):
        values.parse(text, "x/values.out")


def test_one_name_in_two_values_files_is_rejected() -> None:
    with pytest.raises(DocsError, match="already taken"):
        values._merge((("a/values.out", "x = 1"), ("b/values.out", "x = 2")))


BAD_PROGRAMS = {
    "raises": "raise ValueError('no')",
    "warns": "import warnings; warnings.warn('careful')",
    "divides by zero": "import numpy as np; print(np.float64(1) / 0)",
    "writes to standard error": "import sys; print('x', file=sys.stderr)",
}


@pytest.mark.parametrize("case", BAD_PROGRAMS)
def test_a_snippet_that_complains_is_rejected(case: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "word.py").write_text(BAD_PROGRAMS[case])
    monkeypatch.setattr("docs_ext.snippets.SNIPPETS", tmp_path)
    with pytest.raises(DocsError):
        Snippet("page/word").run()


def test_a_snippet_without_committed_output_is_rejected(tmp_path, monkeypatch) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "word.py").write_text("print(1)")
    monkeypatch.setattr("docs_ext.snippets.SNIPPETS", tmp_path)
    with pytest.raises(DocsError, match="no committed output"):
        _ = Snippet("page/word").output


def test_a_figure_without_alt_text_is_rejected(tmp_path, monkeypatch) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "word.py").write_text("\ndef figure():\n    return None\n")
    monkeypatch.setattr("docs_ext.snippets.SNIPPETS", tmp_path)
    with pytest.raises(DocsError, match="alt text"):
        alt_text(Snippet("page/word"))


def test_a_figure_that_fails_to_draw_is_rejected(tmp_path, monkeypatch) -> None:
    (tmp_path / "page").mkdir()
    program = '\ndef figure():\n    """What one sees."""\n    raise ValueError("no")\n'
    (tmp_path / "page" / "word.py").write_text(program)
    monkeypatch.setattr("docs_ext.snippets.SNIPPETS", tmp_path)
    with pytest.raises(DocsError):
        figure_svg(Snippet("page/word"))
    assert attempt("page/word") == "page/word: ValueError: no"


@pytest.mark.parametrize("name", FIGURES)
def test_figure(name: str, request: pytest.FixtureRequest) -> None:
    snippet = Snippet(name)
    figure = draw(snippet)
    assert len(alt_text(snippet)) >= 60, "the alt text says what one sees"
    assert not pictures.unfounded(snippet, figure), "a number of the alt text is nowhere else"
    if request.config.getoption("--update"):
        pictures.write(name, pictures.shown(figure))
    changed = pictures.unlike(pictures.shown(figure), pictures.record().get(name, []))
    assert not changed, "look at it, then --update:\n" + "\n".join(changed)
    for axes in (a for a in figure.axes if a.axison):
        drawn = [*axes.lines, *axes.collections, *axes.patches, *axes.images, *axes.texts]
        assert drawn, "empty axes"
        for line in axes.lines:
            assert len(line.get_xdata()) == len(line.get_ydata()) > 0
    text = figure_svg(snippet)
    assert "aria-label=" in text
    assert "DejaVu" not in text
    assert "<metadata" not in text


def _small():
    """A curve, an area, a box and a word."""
    figure, axes = plt.subplots()
    axes.plot([0, 1, 2], [0, 0.25, 1], "C0-")
    axes.fill_between([0, 1], [0, 0], [1, 1])
    axes.add_patch(plt.Rectangle((0, 0), 1, 1))
    axes.text(0, 0, "8/27")
    axes.set(xlabel="logit", xlim=(0, 2))
    return figure, axes


CHANGED_FIGURES = {
    "a point": lambda axes: axes.lines[0].set_ydata([0, 0.25, 1.1]),
    "a middle point": lambda axes: axes.lines[0].set_ydata([0, 0.2, 1]),
    "color": lambda axes: axes.lines[0].set_color("C1"),
    "dashes": lambda axes: axes.lines[0].set_linestyle("--"),
    "curve more": lambda axes: axes.plot([0, 1], [0, 1]),
    "curve less": lambda axes: axes.lines[0].remove(),
    "area": lambda axes: axes.collections[0].get_paths()[0].vertices.__imul__(2),
    "box": lambda axes: axes.patches[0].set_width(2),
    "word": lambda axes: axes.texts[0].set_text("8/29"),
    "label": lambda axes: axes.set_xlabel("probability"),
    "scale": lambda axes: axes.set_xlim(0, 3),
    "panel more": lambda axes: axes.figure.add_subplot(),
}


@pytest.mark.parametrize("case", CHANGED_FIGURES)
def test_a_changed_figure_is_found(case: str) -> None:
    figure, axes = _small()
    kept = json.loads(json.dumps(pictures.shown(figure)))
    assert not pictures.unlike(pictures.shown(figure), kept)
    CHANGED_FIGURES[case](axes)
    found = pictures.unlike(pictures.shown(figure), kept)
    plt.close("all")
    assert found


@pytest.mark.parametrize(
    ("alt", "found"),
    [
        ("rises from 0 to 0.25", []),
        ("rises to 0.3 and prints 0.70", []),  # 0.25 and 0.704, rounded
        ("rises to 0.26", ["0.26"]),
        ("prints 0.71", ["0.71"]),
        ("at 1.5 it is 0.25", ["1.5"]),
    ],
)
def test_a_number_that_an_alt_text_invents_is_found(
    alt: str, found: list[str], tmp_path, monkeypatch
) -> None:
    (tmp_path / "page").mkdir()
    program = f'x = 1\n\ndef figure():\n    """{alt}"""\n'
    (tmp_path / "page" / "word.py").write_text(program)
    (tmp_path / "page" / "word.out").write_text("0.704\n")
    monkeypatch.setattr("docs_ext.snippets.SNIPPETS", tmp_path)
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 0.25])
    assert pictures.unfounded(Snippet("page/word"), figure) == found
    plt.close("all")


RULE = '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>'


def test_colors_follow_the_palette() -> None:
    drawing = f'{RULE}<g id="x"><path style="stroke: #0b62a4"/></g>'
    page = svg_for_page(f'<?xml?><svg width="1" viewBox="0 0 10 5">{drawing}</svg>', 'a "b"')
    assert "var(--fig-blue)" in page
    assert 'id="x"' not in page
    assert 'aria-label="a &quot;b&quot;"' in page


@pytest.mark.parametrize(
    "rule",
    ["", RULE + RULE, RULE.replace("round", "bevel"), RULE + "<style>path{fill:red}</style>"],
)
def test_a_figure_has_no_style_for_the_page(rule: str) -> None:
    drawing = '<svg width="1" viewBox="0 0 10 5">%s<path d="M 0 0"/></svg>'
    assert "<style" not in svg_for_page(drawing % RULE, "alt")
    assert 'stroke-linejoin="round"' in svg_for_page(drawing % RULE, "alt")
    with pytest.raises(DocsError, match="another style"):
        svg_for_page(drawing % rule, "alt")


def test_every_color_of_the_style_has_a_name() -> None:
    style = STYLE.read_text(encoding="utf-8")
    used = set(re.findall(r"(?:color|edgecolor|labelcolor): ([0-9a-f]{6})\b", style))
    used |= set(re.findall(r"'([0-9a-f]{6})'", style))
    assert {f"#{color}" for color in used} <= COLORS.keys()


def test_bibliography() -> None:
    keys = citations.entries()
    assert len(keys) >= 58
    html = _convert("{{ bibliography }}")
    for key in keys:
        assert f'id="{key}"' in html


@pytest.mark.parametrize(
    "entry", ["title = {T}, year = {2000}", "editor = {E}, year = {2000}", "author = {A}"]
)
def test_a_work_without_author_or_year_is_rejected(entry: str, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("docs_ext.citations.BIB", tmp_path / "references.bib")
    citations.BIB.write_text(f"@book{{Key00, {entry}}}")
    with pytest.raises(DocsError, match="Key00 needs an author and a year"):
        citations.label("Key00")


def test_no_two_works_have_one_label() -> None:
    labels = [citations.label(key) for key in citations.entries()]
    assert len(set(labels)) == len(labels)
    assert citations.label("Bridle90a") == "Bridle, 1990a"
    assert citations.label("Bridle90b") == "Bridle, 1990b"
    assert citations.label("Bishop06") == "Bishop, 2006"


# works without a DOI, an arXiv identifier or an address that we are sure of
UNLINKED = {"Buja05", "Demirkaya20", "Nielsen15", "Solla88"}


def missing_links(html: str) -> set[tuple[str, str]]:
    """Works that lead nowhere, or are said to be cited on no page."""
    missing = set()
    for item in re.findall(r"<li>.*?</li>", html, re.DOTALL):
        key = re.search(r'id="(\w+)"', item)[1]
        work, _, back = item.partition('class="cited-on"')
        if not re.search(r'href="https://\S', work):
            missing.add((key, "work"))
        if not re.search(r'href="[\w/-]+\.(md|ipynb)"', back):
            missing.add((key, "back"))
    return missing


def test_the_bibliography_links_to_the_works_and_back() -> None:
    html = _convert("{{ bibliography }}")
    assert missing_links(html) == {(key, "work") for key in UNLINKED}
    brier = 'href="https://doi.org/10.1175/1520-0493(1950)078'
    assert brier in html
    assert missing_links(html.replace(brier, 'href="#', 1)) >= {("Brier50", "work")}
    page = 'href="comparison/scoring-rules.md"'
    murphy = html.index('id="Murphy73"')
    faulty = html[:murphy] + html[murphy:].replace(page, 'href=""', 1)
    assert ("Murphy73", "back") in missing_links(faulty)
    assert html.count("arxiv.org/abs/") == sum(
        "eprint" in e.fields for e in citations.entries().values()
    )


def test_identifiers_of_the_bibliography() -> None:
    seen: dict[str, str] = {}
    for key, entry in citations.entries().items():
        doi = entry.fields.get("doi")
        if doi:
            assert re.fullmatch(r"10\.\d{4,}/\S+", doi), f"{key}: {doi}"
            assert doi not in seen, f"{key} and {seen[doi]} have one DOI"
            seen[doi] = key
        if "url" in entry.fields:
            assert re.fullmatch(r"https://[\w.-]+\.\w+/\S*", entry.fields["url"]), key
        if "eprint" in entry.fields:
            assert re.fullmatch(r"\d{4}\.\d{4,5}", entry.fields["eprint"]), key
        assert re.fullmatch(r"(1[89]|20)\d\d", entry.fields["year"]), key
