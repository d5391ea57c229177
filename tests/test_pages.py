"""What a reader sees in the sources of the pages: prose, structure, API."""

import re
from pathlib import Path

import pytest

import lossref
from docs_ext import DOCS
from docs_ext.citations import CITE, cited_on, entries
from docs_ext.claims import register

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
    claimed = {key for claim in register().claims.values() for key in claim.sources}
    uncited = entries().keys() - cited - claimed
    assert not uncited, f"in the bibliography, and cited nowhere: {sorted(uncited)}"


def test_the_bibliography_leads_back_to_the_pages() -> None:
    pages = cited_on()
    assert pages["Brier50"]["comparison/scoring-rules.md"] == "Scoring rules"
    assert pages["Golik13"]["walkthroughs/digits.ipynb"] == "Digits: one network, two losses"
    assert "claims/index.md" in pages["KL51"]  # from the register
    assert pages.keys() == entries().keys()


@pytest.mark.parametrize("path", WALKTHROUGHS, ids=lambda p: p.name)
def test_a_walkthrough_says_what_it_does_not_show(path: Path) -> None:
    titles = headings(cells(path), 2)
    assert titles[-1] == "What this shows and what it does not"


@pytest.mark.parametrize("id", register().claims)
def test_no_decimal_is_typed_in_a_claim(id: str) -> None:
    claim = register().claims[id]
    assert not typed_decimals("\n".join([claim.claim, claim.statement, claim.conditions]))


CLAIM = r"\[([A-E][1-9]\d?)\]\[\]"


def without_claim(text: str) -> list[str]:
    """Rows and limitations that lead to no claim of the register.

    A row names one, or links to a section of its page that does. A limitation is a section of the
    third level; elsewhere only the sections to which rows link need a claim.
    """
    parts = re.split(r"^#{2,3} .* \{ #([\w-]+) \}$", without_fences(text), flags=re.MULTILINE)
    named = {
        anchor: re.search(rf"^\*In the register:\* {CLAIM}", body, re.MULTILINE)
        for anchor, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    missing = []
    for row in re.findall(r"^\| (?!-|Aspect|Symptom|Often printed).*\|$", text, re.MULTILINE):
        anchors = re.findall(r"\]\(#([\w-]+)\)", row)
        if not re.search(CLAIM, row) and not any(named.get(anchor) for anchor in anchors):
            missing.append(row)
    third = re.findall(r"^### .* \{ #([\w-]+) \}$", text, re.MULTILINE)
    linked = set(re.findall(r"\]\(#([\w-]+)\)", "".join(re.findall(r"^\|.*", text, re.MULTILINE))))
    return missing + [a for a in third if not named[a] and ("Symptom" in text or a in linked)]


GOOD_TABLE = """
| Aspect | A | B |
|---|---|---|
| [Use](#use) | x | y |
| Often said | x | [B6][] |

### Use { #use }

Text.

*In the register:* [A2][], [B1][].
"""
GOOD_LIMITATIONS = GOOD_TABLE.replace("Aspect", "Symptom")
# what stands there, what the fault makes of it, what is reported
WITHOUT_CLAIM = [
    (GOOD_TABLE, "", "", ""),
    (GOOD_TABLE, "[B6][]", "z", "Often said"),
    (GOOD_TABLE, "*In the register:* [A2][], [B1][].", "", "use"),
    (GOOD_TABLE, "[A2][], [B1][]", "none", "use"),
    (GOOD_TABLE, "[Use](#use)", "Use", "| Use"),
    (GOOD_TABLE, "[Use](#use)", "[Use](gradients.md#use)", "| [Use]"),
    (
        GOOD_LIMITATIONS,
        "Text.",
        "Text.\n\n### Other { #other }\n\n*In the register:* [A3][].",
        "use",
    ),
    (
        GOOD_LIMITATIONS,
        "*In",
        "### Other { #other }\n\nMore.\n\n### Third { #third }\n\n*In",
        "other",
    ),
]


@pytest.mark.parametrize(("text", "old", "new", "says"), WITHOUT_CLAIM)
def test_a_statement_without_a_claim_is_found(text: str, old: str, new: str, says: str) -> None:
    assert old in text
    found = without_claim(text.replace(old, new, 1))
    assert bool(found) == bool(says)
    assert says in " ".join(found)


@pytest.mark.parametrize("page", ["table", "limitations"])
def test_each_statement_leads_to_its_claim(page: str) -> None:
    text = (DOCS / "comparison" / f"{page}.md").read_text(encoding="utf-8")
    assert not without_claim(text)
    assert len(set(re.findall(CLAIM, text))) >= 20


@pytest.mark.parametrize("path", [*PAGES, *WALKTHROUGHS], ids=lambda path: path.name)
def test_a_claim_that_is_mentioned_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(CLAIM, text)) <= register().claims.keys()


def rows_and_sections(text: str) -> tuple[list[str], list[str]]:
    """Anchors that the table at the top of the comparison links to, and those of the sections."""
    text = text.partition("{ #popular }")[0]
    rows = re.findall(r"^\| \[[^]]+\]\(#([\w-]+)\)", text, re.MULTILINE)
    return rows, re.findall(r"^### .* \{ #([\w-]+) \}$", text, re.MULTILINE)


def test_each_row_of_the_comparison_has_its_section() -> None:
    text = (DOCS / "comparison" / "table.md").read_text(encoding="utf-8")
    rows, sections = rows_and_sections(text)
    assert len(rows) == 16  # as the page and the home page say
    assert sorted(rows) == sorted(sections)
    row = next(line for line in text.splitlines(keepends=True) if "(#efficiency)" in line)
    rows, sections = rows_and_sections(text.replace(row, ""))
    assert set(sections) - set(rows) == {"efficiency"}


def test_the_api_page_shows_every_module() -> None:
    shown = re.findall(
        r"^::: lossref\.(\w+)$", (DOCS / "api" / "index.md").read_text(), re.MULTILINE
    )
    modules = [
        getattr(lossref, name).__module__.removeprefix("lossref.") for name in lossref.__all__
    ]
    assert sorted(shown) == sorted(set(modules) - {"_blocks"})
    assert len(shown) == len(set(shown))
