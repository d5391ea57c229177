r"""Formulas with a permanent id: the `formula` fence.

    ```formula SE.2
    implements: squared_error_grad
    meaning: Gradient of the squared error
    ---
    \dd{\SE}{\pred} = 2(\pred - y)
    ```

`meaning` is required, and exactly one of `implements` (the lossref function that computes the
right-hand side) and `check` (what kind of statement it is). The id is the anchor, the visible
number and the permalink. The rest of the header says how docs_ext/semantics.py evaluates the TeX:

    computed: huber(pred, y, delta=delta)       what the last line is, in Python
    where: p = \sigmoid(z); y \in [0, 1]        what the symbols mean, beyond the notation page
    attained: y = 0; p = \frac{2}{3}            where the two sides of a bound are equal
    approached: z = -60                         where they nearly are
    strict: REASON                              or why they never are
    error: h^2                                  how fast the two sides of an approximation meet
    equivalent: yes                             each line holds exactly where the others do
    uncomputed: REASON                          why it is not evaluated
    instead: page/snippet                       what checks it where no line can be compared
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from docs_ext import DOCS, DocsError
from docs_ext.mathml import to_mathml

ID = re.compile(r"[A-Z]{2,4}\.[1-9][0-9]*")
_OPEN = re.compile(r"^```formula\b(?P<id>.*)$")
_HOW = {
    "where", "computed", "attained", "approached", "strict",
    "error", "equivalent", "uncomputed", "instead",
}  # fmt: skip
_KEYS = {"implements", "meaning", "check", *_HOW}
_MARK = "\x02formula:{}\x03"


@dataclass(frozen=True)
class Formula:
    """One numbered formula as a page states it."""

    id: str
    meaning: str
    tex: str
    implements: str | None
    check: str | None
    page: str = ""
    where: str | None = None
    computed: str | None = None
    attained: str | None = None
    approached: str | None = None
    strict: str | None = None
    error: str | None = None
    equivalent: str | None = None
    uncomputed: str | None = None
    instead: str | None = None


def parse(id: str, lines: list[str], page: str = "") -> Formula:
    """Read the inside of one fence; every mistake is a DocsError that names the formula."""
    where = f"formula {id or '(no id)'}" + (f" on {page}" if page else "")
    if not ID.fullmatch(id):
        raise DocsError(f"{where}: an id looks like SE.2")
    if "---" not in lines:
        raise DocsError(f"{where}: the line '---' between header and TeX is missing")
    cut = lines.index("---")
    header: dict[str, str] = {}
    for line in lines[:cut]:
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or key not in _KEYS or not value or key in header:
            raise DocsError(f"{where}: cannot read the header line {line!r}")
        header[key] = value
    if "meaning" not in header or ("implements" in header) == ("check" in header):
        raise DocsError(f"{where}: needs 'meaning' and one of 'implements', 'check'")
    tex = "\n".join(lines[cut + 1 :]).strip()
    if not tex:
        raise DocsError(f"{where}: no TeX")
    if "uncomputed" in header and "instead" not in header:
        raise DocsError(f"{where}: 'uncomputed' needs 'instead'")
    return Formula(
        id=id,
        meaning=header["meaning"],
        tex=tex,
        implements=header.get("implements"),
        check=header.get("check"),
        page=page,
        **{key: header.get(key) for key in _HOW},
    )


def _fences(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first line, line after the last, id) of each formula fence, skipping other fences."""
    other, start, id = "", 0, ""
    for number, line in enumerate(lines):
        fence = re.match(r"^\s*(`{3,}|~{3,})", line)
        if id:
            if line.rstrip() == "```":
                yield start, number + 1, id.strip()
                id = ""
        elif other:
            if line.strip().startswith(other) and line.strip() == other:
                other = ""
        elif opened := _OPEN.match(line):
            start, id = number, opened["id"] or " "
        elif fence:
            other = fence[1]
    if id:
        raise DocsError(f"formula {id.strip()}: the fence is not closed")


@cache
def _page_formulas(path: Path, modified: float) -> tuple[Formula, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    page = path.relative_to(DOCS).as_posix()
    return tuple(parse(id, lines[a + 1 : b - 1], page) for a, b, id in _fences(lines))


def all_formulas() -> dict[str, Formula]:
    """Every formula of the site by id; two with one id are an error."""
    found: dict[str, Formula] = {}
    for path in sorted(DOCS.rglob("*.md")):
        for formula in _page_formulas(path, path.stat().st_mtime):
            if formula.id in found:
                raise DocsError(
                    f"formula {formula.id} is on {found[formula.id].page} and on {formula.page}"
                )
            found[formula.id] = formula
    return found


class _Fences(Preprocessor):
    def __init__(self, md: Markdown, seen: list[Formula]) -> None:
        super().__init__(md)
        self.seen = seen

    def run(self, lines: list[str]) -> list[str]:
        self.seen.clear()
        out, end = [], 0
        for first, last, id in _fences(lines):
            out += lines[end:first]
            out += ["", _MARK.format(len(self.seen)), ""]
            self.seen.append(parse(id, lines[first + 1 : last - 1]))
            end = last
        return out + lines[end:]


class _Blocks(BlockProcessor):
    MARK = re.compile(_MARK.format(r"(\d+)"))

    def __init__(self, md: Markdown, seen: list[Formula]) -> None:
        super().__init__(md.parser)
        self.md, self.seen = md, seen

    def test(self, parent: Element, block: str) -> bool:
        return bool(self.MARK.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = self.MARK.fullmatch(blocks.pop(0).strip())
        assert match
        formula = self.seen[int(match[1])]
        box = SubElement(parent, "div", {"class": "formula"})
        math = SubElement(box, "div", {"class": "math-display", "data-search-exclude": ""})
        math.text = self.md.htmlStash.store(to_mathml(formula.tex, display=True))
        link = SubElement(
            box,
            "a",
            {
                "class": "formula-id",
                "id": formula.id,
                "href": f"#{formula.id}",
                "title": f"{formula.meaning} (permanent link)",
            },
        )
        link.text = f"({formula.id})"


class FormulasExtension(Extension):
    """Registers the fence before other fences see it, and its block before paragraphs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register both halves; they share the list of formulas of the page."""
        seen: list[Formula] = []
        md.preprocessors.register(_Fences(md, seen), "formula-fences", 29)
        md.parser.blockprocessors.register(_Blocks(md, seen), "formula-blocks", 180)


def makeExtension(**kwargs: object) -> FormulasExtension:  # noqa: N802
    """Entry point for Markdown."""
    return FormulasExtension(**kwargs)
