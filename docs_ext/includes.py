"""`{{ ... }}` on a page, as a Markdown extension.

On a line of its own:

    {{ snippet page/word }}            the program, then what it prints
    {{ output page/word }}             only what it prints
    {{ table page/word }}              what it prints, as a Markdown table
    {{ figure page/word | caption }}   its figure, then the program folded
    {{ explorer page/word | caption }} its explorer, then the program folded
    {{ figure experiments/name | caption }}   the figure of an experiment, from its record
    {{ outcome experiments/name }}     the table of an experiment, from its record
    {{ record accuracy/float64 }}      a table of a recorded run (mutants/told: with its words)
    {{ chart speed/ratios | caption }} a chart of a recorded run
    {{ bibliography }}                 the list of references
    {{ formulas }}                     the index of all formulas, a heading for each family
    {{ claims }}, {{ tally }}          the register of claims, and its counts

Within a line, `{{ name }}` is a number from the values files. Anything else is an error.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from docs_ext import ROOT, DocsError, claims, experiments, outside_fences, records
from docs_ext.citations import bibliography_html
from docs_ext.cite import cite_figure, figure_anchor, first_sentence
from docs_ext.explorers import explorer_html
from docs_ext.figures import FILES, figure_svg
from docs_ext.formulas import index_lines
from docs_ext.frameworks import DIRECTIVE as PEERS
from docs_ext.pages import file_of, from_page
from docs_ext.release import site_url
from docs_ext.snippets import Snippet
from docs_ext.values import value

NAMELESS = {"bibliography", "formulas", "claims", "tally"}
CAPTIONED = {"figure", "explorer", "chart"}
DIRECTIVE = re.compile(
    r"^\{\{ (?P<kind>snippet|output|table|figure|explorer|outcome|record|chart"
    r"|bibliography|formulas|claims|tally)"
    r"(?: (?P<name>[a-z0-9-]+/[a-z0-9_]+))?(?: \| (?P<caption>.+?))? \}\}$"
)
INLINE = r"\{\{ ([a-z][a-z0-9_]*) \}\}"


def directives(text: str) -> list[re.Match[str]]:
    """The include lines of a page, outside fences; a malformed one is an error."""
    return list(_numbered(text.splitlines()).values())


def _numbered(lines: list[str]) -> dict[int, re.Match[str]]:
    found = {}
    for number, line in outside_fences(lines):
        if match := DIRECTIVE.match(line):
            kind, name, caption = match["kind"], match["name"], match["caption"]
            if (name is None) != (kind in NAMELESS) or bool(caption) != (kind in CAPTIONED):
                raise DocsError(f"cannot read {line!r}: see docs_ext/includes.py for the forms")
            found[number] = match
        elif line.startswith("{{") and not re.match(INLINE, line) and not PEERS.fullmatch(line):
            raise DocsError(f"unknown directive {line!r}")
    return found


def _fenced(text: str, language: str, title: str) -> list[str]:
    return [f'```{language} title="{title}"', *text.rstrip("\n").split("\n"), "```", ""]


def _drawn(svg: str) -> str:
    return f'<div class="plot-svg" data-search-exclude="">{svg}</div>'


class _Directives(Preprocessor):
    def __init__(self, md: Markdown, figures: list[tuple[str, str, str | None]]) -> None:
        super().__init__(md)
        self.figures = figures

    def _program(self, snippet: Snippet) -> list[str]:
        """The program, and the bar where run.js puts its buttons."""
        file = f"{snippet.name.split('/')[1]}.py"
        path = f"snippets/{snippet.name}.py"
        return [
            *_fenced(snippet.source, "python", path),
            f'[Download {file}]({from_page(self.md, path)}){{ download="" }}',
            '{ .run-bar data-search-exclude="" }',
            "",
        ]

    def _address(self) -> str:
        """Where the page is published."""
        file = file_of(self.md)
        return urljoin(site_url(), file.url) if file else site_url()

    def _snippet(self, snippet: Snippet, caption: str) -> list[str]:
        """Program and output."""
        return [
            f'<div class="snippet" data-snippet="{snippet.name}" markdown>',
            "",
            *self._program(snippet),
            *_fenced(snippet.output, "text", "Output"),
            "</div>",
            "",
        ]

    def _output(self, snippet: Snippet, caption: str) -> list[str]:
        """Output only."""
        return _fenced(snippet.output, "text", "Output")

    def _table(self, snippet: Snippet, caption: str) -> list[str]:
        """Output as Markdown, and the program folded."""
        if not snippet.output.lstrip().startswith("|"):
            raise DocsError(f"snippet {snippet.name} does not print a Markdown table")
        folded = self._folded(snippet, "Code that computes this table")
        return [*snippet.output.splitlines(), "", *folded]

    def _figure(self, snippet: Snippet, caption: str) -> list[str]:
        """The drawing, and the program folded."""
        return [
            *self._placed(_drawn(figure_svg(snippet)), caption, snippet.name),
            *self._folded(snippet, "Code and files of this figure", self._files(snippet, caption)),
        ]

    def _explorer(self, snippet: Snippet, caption: str) -> list[str]:
        """Picture and sliders, and the program folded."""
        placed = self._placed(explorer_html(snippet), caption)
        return [*placed, *self._folded(snippet, "Code that computes this picture")]

    def _placed(self, drawing: str, caption: str, name: str | None = None) -> list[str]:
        self.figures.append((drawing, caption, name))
        return ["", f"\x02figure:{len(self.figures) - 1}\x03", ""]

    def _files(self, snippet: Snippet, caption: str) -> list[str]:
        """For those who take the figure along."""
        to = from_page(self.md, f"figures/{snippet.name}")
        files = [f'[{kind.upper()}]({to}.{kind}){{ download="" }}' for kind in FILES]
        return [
            f"The figure as {', '.join(files)}: CC BY 4.0. The program: MIT.",
            '{ .files data-search-exclude="" }',
            "",
            cite_figure(snippet.name, first_sentence(caption), self._address()),
            "",
        ]

    def _folded(self, snippet: Snippet, summary: str, last: Sequence[str] = ()) -> list[str]:
        output = "" if snippet.output.lstrip().startswith("|") else snippet.output
        return [
            f'<details class="program" data-snippet="{snippet.name}" markdown>',
            f"<summary>{summary}</summary>",
            "",
            *self._program(snippet),
            *(_fenced(output, "text", "Output") if output else []),
            *last,
            "</details>",
            "",
        ]

    def _recorded(self, drawing: experiments.ExperimentFigure, caption: str) -> list[str]:
        title = drawing.path.relative_to(ROOT).as_posix()
        return [
            *self._placed(_drawn(figure_svg(drawing)), caption, drawing.name),
            '<details class="program" data-search-exclude markdown>',
            "<summary>Code of this experiment, files of this figure</summary>",
            "",
            *_fenced(drawing.source, "python", title),
            *self._files(drawing, caption),
            "</details>",
            "",
        ]

    def run(self, lines: list[str]) -> list[str]:
        self.figures.clear()
        makers: dict[str, Callable[[Snippet, str], list[str]]] = {
            "snippet": self._snippet,
            "output": self._output,
            "table": self._table,
            "figure": self._figure,
            "explorer": self._explorer,
        }
        wanted = _numbered(lines)
        out: list[str] = []
        for number, line in enumerate(lines):
            match = wanted.get(number)
            if not match:
                out.append(line)
            elif match["kind"] == "formulas":
                out += index_lines()
            elif match["kind"] == "bibliography":
                out += ["", "\x02bibliography\x03", ""]
            elif match["kind"] in {"claims", "tally"}:
                out += claims.markdown() if match["kind"] == "claims" else claims.tally()
            elif match["kind"] == "outcome":
                name = match["name"].removeprefix("experiments/")
                found = experiments.record(name)
                out += [*experiments.load(name).table(found).splitlines(), ""]
            elif match["kind"] == "record":
                out += ["", *records.table(match["name"]), ""]
            elif match["kind"] == "chart":
                out += self._placed(_drawn(records.chart(match["name"])), match["caption"])
            elif match["name"].startswith("experiments/"):
                out += self._recorded(experiments.ExperimentFigure(match["name"]), match["caption"])
            else:
                out += makers[match["kind"]](Snippet(match["name"]), match["caption"])
        return out


class _Blocks(BlockProcessor):
    MARK = re.compile("\x02(?:figure:(\\d+)|bibliography)\x03")

    def __init__(self, md: Markdown, figures: list[tuple[str, str, str | None]]) -> None:
        super().__init__(md.parser)
        self.md, self.figures = md, figures

    def test(self, parent: Element, block: str) -> bool:
        return bool(self.MARK.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = self.MARK.fullmatch(blocks.pop(0).strip())
        assert match
        if match[1] is None:
            parent.append(bibliography_html())
            return
        drawing, caption, name = self.figures[int(match[1])]
        box = SubElement(parent, "figure", {"class": "plot"})
        if name:
            box.attrib |= {"id": figure_anchor(name), "data-figure": name}
        SubElement(box, "div").text = self.md.htmlStash.store(drawing)
        SubElement(box, "figcaption").text = caption


class _Values(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return value(m[1]), m.start(0), m.end(0)


class IncludesExtension(Extension):
    """Registers the block directives before fences are read, and the inline values."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register; the halves share the list of figures of the page."""
        figures: list[tuple[str, str, str | None]] = []
        md.preprocessors.register(_Directives(md, figures), "includes", 28)
        md.parser.blockprocessors.register(_Blocks(md, figures), "include-blocks", 181)
        md.inlinePatterns.register(_Values(INLINE, md), "values", 188)


def makeExtension(**kwargs: object) -> IncludesExtension:  # noqa: N802
    """Entry point for Markdown."""
    return IncludesExtension(**kwargs)
