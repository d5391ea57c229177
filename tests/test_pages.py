"""What a reader sees in the sources of the pages: prose, structure, API."""

import re
from pathlib import Path

import pytest

import lossref
from docs_ext import DOCS
from docs_ext.citations import CITE, entries

PAGES = sorted(DOCS.rglob("*.md"))
NAMES = [path.relative_to(DOCS).as_posix() for path in PAGES]
WALKTHROUGHS = sorted((DOCS / "walkthroughs").glob("*.py"))

ANATOMY = [
    "Definition",
    "Gradient",
    "Hessian and convexity",
    "Stable form",
    "In code",
    "Behavior",
    "Conventions elsewhere",
    "Checked by",
    "References",
]


def prose(text: str) -> str:
    """A page without front matter, fences, code, link targets and attributes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", without_fences(text))
    text = re.sub(r"^\{\{ (?:figure|explorer) \S+ \| (.*) \}\}$", r"\1", text, flags=re.MULTILINE)
    text = re.sub(r"\{\{ .*? \}\}", "VALUE", text)
    return re.sub(r"\]\([^)]*\)|\]\[[^\]]*\]|\{ ?[#.:][^}]*\}|<[^>]*>", "]", text)


def typed_decimals(text: str) -> list[str]:
    """Decimals in prose that no program printed; section numbers (§4.3) and versions may be."""
    named = r"(?<![\w.])(?<!§)(?<!Python )(?<!NumPy )(?<!CC BY )\d*\.\d+(?![\w.]*\.\d)"
    return re.findall(named, prose(text))


def cells(path: Path) -> str:
    """The Markdown cells of a walkthrough."""
    import jupytext

    notebook = jupytext.read(path)
    return "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")


DECIMALS_TO_FIND = [
    "the maximum is 0.2963 there",
    "it is .5 exactly",
    "$8/27 = 0.296$",
    "| a | 1.5 |",
    "falls to 12.75% of it",
    "**0.5**",
    "(0.1, 2)",
    "{{ figure a/b | Caption with 0.25 in it. }}",
    "{{ explorer a/b | Caption with 0.25 in it. }}",
    r"$\frac{1}{0.5}$",
    "{{ good }} then 0.75",
]
DECIMALS_TO_LEAVE = [
    "the maximum is {{ gradient_max }} at 2/3",
    "see [SE.2][] and SE.2",
    "`0.5` and ``x``",
    "```python\nx = 0.5\n```",
    "[link](https://example.org/1.5/)",
    "in §4.3 of the book, with Python 3.11 and NumPy 2.0",
    "one. Two.",
    "licensed CC BY 4.0",
]


@pytest.mark.parametrize("text", DECIMALS_TO_FIND)
def test_a_typed_decimal_is_found(text: str) -> None:
    assert typed_decimals(text)


@pytest.mark.parametrize("text", DECIMALS_TO_LEAVE)
def test_what_is_not_a_typed_decimal_is_left(text: str) -> None:
    assert not typed_decimals(text)


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_no_decimal_is_typed_by_hand(path: Path) -> None:
    assert not typed_decimals(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WALKTHROUGHS, ids=lambda p: p.name)
def test_no_decimal_is_typed_in_a_walkthrough(path: Path) -> None:
    assert not typed_decimals(cells(path))


def without_fences(text: str) -> str:
    """The text with a word in place of each fenced block."""
    return re.sub(r"^(`{3,}).*?^\1\s*$", "code", text, flags=re.DOTALL | re.MULTILINE)


def headings(text: str, level: int) -> list[str]:
    """The headings of one level, without their ids."""
    line = rf"^{'#' * level} (.+?)(?: \{{.*\}})?$"
    return [found.strip() for found in re.findall(line, without_fences(text), re.MULTILINE)]


@pytest.mark.parametrize("path", sorted((DOCS / "losses").glob("*.md")), ids=lambda p: p.stem)
def test_anatomy_of_a_loss_page(path: Path) -> None:
    assert headings(path.read_text(encoding="utf-8"), 2) == ANATOMY


def test_anatomy_check_can_fail() -> None:
    page = "\n".join(f"## {name}" for name in ANATOMY)
    assert headings(page, 2) == ANATOMY
    assert headings(page.replace("## Gradient\n", ""), 2) != ANATOMY
    assert headings(page.replace("## Behavior", "## Behaviour"), 2) != ANATOMY


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_has_one_title_and_a_description(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(headings(text, 1)) == 1
    match = re.match(r"\A---\n(?:.*\n)*?description: (.+)\n(?:.*\n)*?---\n", text)
    assert match, "front matter with a description"
    assert 40 <= len(match[1]) <= 200


def empty_sections(text: str) -> list[str]:
    """Headings under which there is neither text nor a deeper heading."""
    parts = re.split(r"^(#{1,6}) (.+)$", without_fences(text), flags=re.MULTILINE)[1:]
    sections = list(zip(parts[0::3], parts[1::3], parts[2::3], strict=True))
    deeper = [*(mark for mark, _, _ in sections[1:]), ""]
    return [
        title
        for (mark, title, body), following in zip(sections, deeper, strict=True)
        if not body.strip() and len(following) <= len(mark)
    ]


def test_an_empty_section_is_found() -> None:
    assert empty_sections("# A\n\n## B\n\n## C\ntext") == ["B"]
    assert empty_sections("# A\n## B\ntext\n### C\n") == ["C"]
    assert not empty_sections("# A\n## B\n```\n# no heading\n```\n")


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_no_empty_section(path: Path) -> None:
    assert not empty_sections(path.read_text(encoding="utf-8"))


def test_every_citation_is_in_the_bibliography() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PAGES] + [cells(p) for p in WALKTHROUGHS]
    cited = {
        key.removeprefix("@")
        for text in texts
        for group in re.findall(CITE, text)
        for key in group.split("; ")
    }
    assert cited
    assert cited <= entries().keys()


def test_the_api_page_shows_every_module() -> None:
    shown = re.findall(
        r"^::: lossref\.(\w+)$", (DOCS / "api" / "index.md").read_text(), re.MULTILINE
    )
    modules = [
        getattr(lossref, name).__module__.removeprefix("lossref.") for name in lossref.__all__
    ]
    assert sorted(shown) == sorted(set(modules) - {"_blocks"})
    assert len(shown) == len(set(shown))
