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
    where: p = \sigmoid(z); y \in [0, 1]        what the symbols mean, beyond the notation page:
                                               a range also of integers (`j \in 1..n`), a vector of
                                               probabilities (`v ~ \vp`), a loss by its formula
                                               (`\MSE = SE.4`)
    attained: y = 0; p = \frac{2}{3}            where the two sides of a bound are equal; several
                                               places are separated by `|`
    approached: z = -60                         where they nearly are
    strict: REASON                              or why they never are
    error: h^2                                  how fast the two sides of an approximation meet
    equivalent: yes                             each line holds exactly where the others do
    uncomputed: REASON                          why it is not evaluated
    instead: page/snippet                       what checks it where no line can be compared, or the
                                               formula (`CHO.3`) that is

In `computed` a symbol has its name without the backslash (`pred`, `z`), with its index if it has
one (`z_k`, `t_ik`); `c` is the class.

Beside the number stands a menu that opens on demand: the function, the checks, the permanent page,
BibTeX. It needs no script; docs/assets/site.js adds buttons that copy.
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
from markdown.util import AtomicString

import lossref
from docs_ext import DOCS, DocsError
from docs_ext.equations import bibtex, checks, source_url
from docs_ext.mathml import to_mathml
from docs_ext.pages import title_of

ID = re.compile(r"[A-Z]{2,4}\.[1-9][0-9]*")
_OPEN = re.compile(r"^```formula\b(?P<id>.*)$")
_HOW = {
    "where", "computed", "attained", "approached", "strict",
    "error", "equivalent", "uncomputed", "instead",
}  # fmt: skip
_KEYS = {"implements", "meaning", "check", *_HOW}
_MARK = "\x02formula:{}\x03"
_INDEX = "\x02formulas:{}\x03"
FAMILIES = {
    "LNK": "Links between logits and probabilities",
    "SE": "Squared error",
    "BCE": "Binary cross-entropy",
    "SCE": "Softmax cross-entropy",
    "INF": "Entropy and divergence",
    "VAR": "Variants",
    "RED": "Reductions",
    "CHK": "Gradient checks",
    "GRD": "Gradients compared",
    "LIK": "Likelihoods",
    "SCR": "Scoring rules",
    "OPT": "Optimization",
    "NUM": "Numerics",
    "CHO": "Choosing a loss",
    "HAZ": "Numerics hazards",
    "EXE": "Answers to exercises",
}


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
    if id.split(".")[0] not in FAMILIES:
        raise DocsError(f"{where}: its family is not in FAMILIES of docs_ext/formulas.py")
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
        _menu(box, formula)


def function_anchor(name: str) -> str:
    """The anchor of a public function on the API page; a module has the name of `squared_error`."""
    if name not in lossref.__all__:
        raise DocsError(f"lossref has no function {name}")
    return f"{getattr(lossref, name).__module__}.{name}"


def function_link(parent: Element, formula: Formula) -> Element:
    """A link to the function that implements a formula, on whichever page this stands."""
    name = str(formula.implements)
    link = SubElement(parent, "autoref", {"identifier": function_anchor(name)})
    SubElement(link, "code").text = AtomicString(f"lossref.{name}")
    return link


def _menu(box: Element, formula: Formula) -> None:
    menu = SubElement(box, "details", {"class": "formula-menu", "data-search-exclude": ""})
    name = f"{formula.id}: copy, cite, code and checks"
    SubElement(menu, "summary", {"aria-label": name, "title": name}).text = "\u00b7\u00b7\u00b7"
    panel = SubElement(menu, "div", {"class": "formula-panel"})
    what = SubElement(panel, "p")
    if formula.implements:
        what.text = "Implemented by "
        function_link(what, formula).tail = "."
    else:
        what.text = AtomicString(f"Kind: {formula.check}.")
    what = SubElement(panel, "p")
    what.text = "Checked:"
    items = SubElement(panel, "ul")
    for text, path in checks(formula):
        item = SubElement(items, "li")
        item.text = AtomicString(f"{text}, in ")
        link = SubElement(item, "a", {"href": source_url(path)})
        SubElement(link, "code").text = AtomicString(path)
    address = SubElement(panel, "p")
    link = SubElement(
        address, "autoref", {"identifier": f"eq:{formula.id}", "class": "formula-address"}
    )
    link.text = f"Permanent page of {formula.id}"
    link.tail = AtomicString(", with its TeX; to cite it:")
    SubElement(panel, "pre").text = AtomicString(bibtex(formula))


def index_lines() -> list[str]:
    """The index of all formulas as Markdown: a heading for each family, then its mark."""
    found = {id.split(".")[0] for id in all_formulas()}
    lines: list[str] = []
    for family, title in FAMILIES.items():
        if family in found:
            anchor = f"{{ #family-{family.lower()} }}"
            lines += ["", f"## {title} {anchor}", "", _INDEX.format(family), ""]
    return [*lines, *_unevaluated_lines()]


def _unevaluated_lines() -> list[str]:
    """The formulas that no test evaluates, each with its reason and what shows it instead."""
    return [
        "",
        "## Shown by a program { #unevaluated }",
        "",
        "The tests evaluate the formulas of this site and compare them line by line. With these "
        "they cannot. A program shows each instead, and its output is compared.",
        "",
        "| Formula | Why it is not evaluated | Program |",
        "| --- | --- | --- |",
        *(
            f"| [{f.id}][] {f.meaning} | {f.uncomputed} | [{f.instead}](snippets/{f.instead}.py) |"
            for f in all_formulas().values()
            if f.uncomputed
        ),
        "",
    ]


def _number(id: str) -> int:
    return int(id.split(".")[1])


@cache
class _Index(BlockProcessor):
    MARK = re.compile(_INDEX.format("([A-Z]+)"))

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.md = md

    def test(self, parent: Element, block: str) -> bool:
        return bool(self.MARK.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = self.MARK.fullmatch(blocks.pop(0).strip())
        assert match
        members = [f for id, f in all_formulas().items() if id.split(".")[0] == match[1]]
        for formula in sorted(members, key=lambda formula: _number(formula.id)):
            entry = SubElement(parent, "div", {"class": "formula-entry"})
            text = SubElement(entry, "p")
            link = SubElement(text, "autoref", {"identifier": formula.id})
            link.text = formula.id
            link.tail = AtomicString(f" {formula.meaning}. ")
            about = SubElement(text, "span", {"class": "formula-about"})
            about.text = AtomicString(f"{title_of(formula.page)}. ")
            if formula.implements:
                function_link(about, formula).tail = ". "
            SubElement(about, "autoref", {"identifier": f"eq:{formula.id}"}).text = "Cite"
            math = SubElement(entry, "div", {"class": "math-display", "data-search-exclude": ""})
            math.text = self.md.htmlStash.store(
                to_mathml(formula.tex, display=True, annotation=False)
            )


class FormulasExtension(Extension):
    """Registers the fence before other fences see it, and its block before paragraphs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register both halves; they share the list of formulas of the page."""
        seen: list[Formula] = []
        md.preprocessors.register(_Fences(md, seen), "formula-fences", 29)
        md.parser.blockprocessors.register(_Blocks(md, seen), "formula-blocks", 180)
        md.parser.blockprocessors.register(_Index(md), "formula-index", 179)


def makeExtension(**kwargs: object) -> FormulasExtension:  # noqa: N802
    """Entry point for Markdown."""
    return FormulasExtension(**kwargs)
