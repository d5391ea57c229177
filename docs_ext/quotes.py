r"""Quotations, as a Markdown extension: parts of other pages, so that nothing is written twice.

On a line of its own:

    === formula SCE.5 | In the logits         a formula in one line, with its number
    === derivation SCE.5                      all its lines
    === drawing table/pulls                   a figure without its caption and program
    === rows comparison/table.md | Use; Gradient    these rows of the first table of a page
    === slide                                 a slide begins; `=== end of slides` ends the last
    === bibtex CITATION.cff                   the entry for the whole, in this version

A formula of several lines becomes what they prove: the first left side, the last right side.
In a line, `[[slides Squared error; Outliers]]` is 3–7, the numbers of these slides, with a link.
"""

import posixpath
import re
from itertools import chain
from xml.etree.ElementTree import Element

import yaml
from markdown import Extension, Markdown
from markdown.extensions.toc import slugify
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from docs_ext import DOCS, ROOT, DocsError, outside_fences
from docs_ext.figures import figure_svg
from docs_ext.formulas import all_formulas
from docs_ext.mathml import to_mathml
from docs_ext.pages import from_page
from docs_ext.release import built_on, version
from docs_ext.snippets import Snippet

LINE = re.compile(
    r"=== (?P<kind>formula|derivation|drawing|rows|bibtex) (?P<what>\S+)(?: \| (?P<rest>.+))?"
)
_RELATION = re.compile(r"\\(?:le|ge|ne|approx)(?![A-Za-z])|[<>=]")


def _outside_braces(tex: str) -> str:
    """What is not in braces: the condition of an indicator is no relation of the line."""
    while (shorter := re.sub(r"\{[^{}]*\}", "", tex)) != tex:
        tex = shorter
    return tex


def in_one_line(tex: str) -> str:
    """The statement of a derivation: the last left side, and what it is equal to in the end."""
    body = re.fullmatch(r"\\begin\{aligned\}(.*)\\end\{aligned\}", tex.strip(), re.DOTALL)
    if not body:
        return tex.strip()
    left, right = "", ""
    for row in re.split(r"\\\\", body[1]):
        before, mark, after = row.partition("&")
        if not mark or not after.startswith("=") or _RELATION.search(_outside_braces(after[1:])):
            raise DocsError(f"not a chain of equalities, so it has no one line:\n{tex}")
        left, right = before.strip() or left, after[1:].strip()
    return f"{left} = {right}"


def _tex(id: str) -> str:
    if id not in all_formulas():
        raise DocsError(f"a quotation of {id}: there is no such formula")
    return all_formulas()[id].tex


def table_rows(text: str, names: list[str], page: str = "") -> list[str]:
    """The head of the first table of a page, and the rows whose first cell has these names."""
    match = re.search(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    if not match:
        raise DocsError(f"there is no table on {page}")
    head, rule, *rows = match[0].splitlines()
    found: dict[str, str] = {}
    for row in rows:
        first = re.sub(r"\[(.+?)\]\([^)]*\)", r"\1", row.split("|")[1]).strip()
        found[first] = row
    if missing := [name for name in names if name not in found]:
        raise DocsError(f"the table on {page} has no row {', '.join(missing)}")
    return [head, rule, *(found[name] for name in names)]


def bibtex_of_all(name: str) -> str:
    """The entry for a citation file, in the version that is being built."""
    data = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    fields = {
        "author": "{" + " and ".join(author["name"] for author in data["authors"]) + "}",
        "title": data["title"],
        "version": version(),
        "year": f"{built_on():%Y}",
        "url": data["url"],
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join(["@software{lossref,", *lines, "}"])


class _Quotes(Preprocessor):
    def _formula(self, id: str, label: str | None) -> list[str]:
        return self._quoted(id, in_one_line(_tex(id)), label)

    def _derivation(self, id: str, label: str | None) -> list[str]:
        return self._quoted(id, _tex(id), label)

    def _quoted(self, id: str, tex: str, label: str | None) -> list[str]:
        math = to_mathml(tex, display=True, annotation=False)
        parts = [f'<span class="quoted-label">{label}</span>'] if label else []
        parts += [self.md.htmlStash.store(f'<span class="quoted-math">{math}</span>'), f"[{id}][]"]
        return ["", '<p class="quoted" markdown="span">', " ".join(parts), "</p>", ""]

    def _drawing(self, name: str, rest: str | None) -> list[str]:
        svg = figure_svg(Snippet(name))
        self.drawn.append(name)
        if again := self.drawn.count(name) - 1:  # its ids are on the page already
            svg = re.sub(r'( id="|"#|\(#)([^")]+)', rf"\1again{again}-\2", svg)
        drawing = f'<figure class="plot"><div class="plot-svg">{svg}</div>'
        return ["", self.md.htmlStash.store(drawing + "</figure>"), ""]

    def _rows(self, page: str, names: str | None) -> list[str]:
        path = DOCS / page
        if not path.is_file() or not names:
            raise DocsError(f"=== rows {page}: needs a page, and names of rows after '|'")
        rows = table_rows(path.read_text("utf-8"), [n.strip() for n in names.split(";")], page)

        def from_here(match: re.Match[str]) -> str:
            there = posixpath.normpath(posixpath.join(posixpath.dirname(page), match[1]))
            target = there if match[1] else page
            link = from_page(self.md, target)
            return f"]({link}{match[2] or ''})"

        return ["", *(re.sub(r"\]\(([^)#:]*)(#[^)]*)?\)", from_here, row) for row in rows), ""]

    def _bibtex(self, name: str, rest: str | None) -> list[str]:
        return ["", "```bibtex", *bibtex_of_all(name).splitlines(), "```", ""]

    def run(self, lines: list[str]) -> list[str]:
        makers = {
            "formula": self._formula,
            "derivation": self._derivation,
            "drawing": self._drawing,
            "rows": self._rows,
            "bibtex": self._bibtex,
        }
        out = [[line] for line in lines]
        slides = False
        self.drawn: list[str] = []
        for number, line in outside_fences(lines):
            if match := LINE.fullmatch(line):
                out[number] = makers[match["kind"]](match["what"], match["rest"])
            elif line in ("=== slide", "=== end of slides"):
                out[number] = ["", "</section>", ""] if slides else []
                slides = line == "=== slide"
                out[number] += ["", '<section class="slide" markdown>', ""] if slides else []
        return list(chain.from_iterable(out))


class _Version(InlineProcessor):
    """`[[version]]` and `[[date]]`: of the text that is being built."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return {"version": version(), "date": built_on().isoformat()}[m[1]], m.start(0), m.end(0)


SLIDES = "teach/slides.md"


def slide_titles() -> list[str]:
    """The titles of the slides in their order."""
    text = (DOCS / SLIDES).read_text(encoding="utf-8")
    return re.findall(r"^=== slide\n+## (.+)$", text, re.MULTILINE)


def slide_numbers(words: str) -> tuple[int, int]:
    """The numbers of the first and last slide of `first title; last title`, or of one."""
    titles, names = slide_titles(), [name.strip() for name in words.split(";")]
    for name in names:
        if titles.count(name) != 1:
            raise DocsError(f"[[slides {words}]]: {titles.count(name)} slides are called {name!r}")
    numbers = [titles.index(name) + 1 for name in names]
    if len(numbers) > 2 or numbers != sorted(set(numbers)):
        raise DocsError(f"[[slides {words}]]: names one slide, or the first and the last")
    return numbers[0], numbers[-1]


class _Slides(InlineProcessor):
    """`[[slides A; B]]` as a link to the first of them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        first, last = slide_numbers(m[1])
        anchor = slugify(slide_titles()[first - 1], "-")
        link = Element("a", {"href": f"{from_page(self.md, SLIDES)}#{anchor}"})
        link.text = f"{first}" if first == last else f"{first}–{last}"
        return link, m.start(0), m.end(0)


class QuotesExtension(Extension):
    """Registers the lines before exercises, formulas and includes are read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register all."""
        md.preprocessors.register(_Quotes(md), "quotes", 29.7)
        md.inlinePatterns.register(_Version(r"\[\[(version|date)\]\]", md), "release", 189)
        md.inlinePatterns.register(_Slides(r"\[\[slides ([^\]]+)\]\]", md), "slides", 189)


def makeExtension(**kwargs: object) -> QuotesExtension:  # noqa: N802
    """Entry point for Markdown."""
    return QuotesExtension(**kwargs)
