"""`{{ ... }}` on a page, as a Markdown extension.

On a line of its own:

    {{ snippet page/word }}            the program, then what it prints
    {{ output page/word }}             only what it prints
    {{ table page/word }}              what it prints, as a Markdown table
    {{ figure page/word | caption }}   its figure, then the program folded
    {{ bibliography }}                 the list of references
    {{ formulas }}                     the index of all formulas, a heading for each family

Within a line, `{{ name }}` is a number from the values files. Anything else is an error.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from docs_ext import DocsError
from docs_ext.citations import bibliography_html
from docs_ext.figures import figure_svg
from docs_ext.formulas import index_lines
from docs_ext.snippets import Snippet
from docs_ext.values import value

SOURCE_URL = "https://github.com/lossref/lossref/blob/main/snippets/"
NAMELESS = {"bibliography", "formulas"}
DIRECTIVE = re.compile(
    r"^\{\{ (?P<kind>snippet|output|table|figure|bibliography|formulas)"
    r"(?: (?P<name>[a-z0-9-]+/[a-z0-9_]+))?"
    r"(?: \| (?P<caption>.+?))? \}\}$"
)
INLINE = r"\{\{ ([a-z][a-z0-9_]*) \}\}"


def directives(text: str) -> list[re.Match[str]]:
    """The include lines of a page, outside fences; a malformed one is an error."""
    found, fence = [], ""
    for line in text.splitlines():
        opened = re.match(r"^\s*(`{3,}|~{3,})", line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened:
            fence = opened[1]
        elif match := DIRECTIVE.match(line):
            kind, name, caption = match["kind"], match["name"], match["caption"]
            if (name is None) != (kind in NAMELESS) or bool(caption) != (kind == "figure"):
                raise DocsError(f"cannot read {line!r}: see docs_ext/includes.py for the forms")
            found.append(match)
        elif line.startswith("{{") and not re.match(INLINE, line):
            raise DocsError(f"unknown directive {line!r}")
    return found


def _fenced(text: str, language: str, title: str) -> list[str]:
    return [f'```{language} title="{title}"', *text.rstrip("\n").split("\n"), "```", ""]


def _program(snippet: Snippet) -> list[str]:
    return _fenced(snippet.source, "python", f"snippets/{snippet.name}.py")


def _snippet(snippet: Snippet, caption: str) -> list[str]:
    """Program and output."""
    head = f'<div class="snippet" data-snippet="{snippet.name}" markdown>'
    return [head, "", *_program(snippet), *_fenced(snippet.output, "text", "Output"), "</div>", ""]


def _output(snippet: Snippet, caption: str) -> list[str]:
    """Output only."""
    return _fenced(snippet.output, "text", "Output")


def _table(snippet: Snippet, caption: str) -> list[str]:
    """Output as Markdown, and the program folded."""
    if not snippet.output.lstrip().startswith("|"):
        raise DocsError(f"snippet {snippet.name} does not print a Markdown table")
    return [*snippet.output.splitlines(), "", *_folded(snippet, "Code that computes this table")]


def _folded(snippet: Snippet, summary: str) -> list[str]:
    return [
        f'<details class="program" data-snippet="{snippet.name}" markdown>',
        f"<summary>{summary}</summary>",
        "",
        *_program(snippet),
        *(_fenced(snippet.output, "text", "Output") if snippet.draws and snippet.output else []),
        "</details>",
        "",
    ]


class _Directives(Preprocessor):
    def __init__(self, md: Markdown, figures: list[tuple[str, str]]) -> None:
        super().__init__(md)
        self.figures = figures

    def _figure(self, snippet: Snippet, caption: str) -> list[str]:
        self.figures.append((figure_svg(snippet), caption))
        mark = f"\x02figure:{len(self.figures) - 1}\x03"
        return ["", mark, "", *_folded(snippet, "Code of this figure")]

    def run(self, lines: list[str]) -> list[str]:
        self.figures.clear()
        makers: dict[str, Callable[[Snippet, str], list[str]]] = {
            "snippet": _snippet,
            "output": _output,
            "table": _table,
            "figure": self._figure,
        }
        wanted = {match[0]: match for match in directives("\n".join(lines))}
        out: list[str] = []
        for line in lines:
            match = wanted.get(line)
            if not match:
                out.append(line)
            elif match["kind"] == "formulas":
                out += index_lines()
            elif match["kind"] == "bibliography":
                out += ["", "\x02bibliography\x03", ""]
            else:
                out += makers[match["kind"]](Snippet(match["name"]), match["caption"])
        return out


class _Blocks(BlockProcessor):
    MARK = re.compile("\x02(?:figure:(\\d+)|bibliography)\x03")

    def __init__(self, md: Markdown, figures: list[tuple[str, str]]) -> None:
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
        drawing, caption = self.figures[int(match[1])]
        box = SubElement(parent, "figure", {"class": "plot"})
        picture = SubElement(box, "div", {"class": "plot-svg", "data-search-exclude": ""})
        picture.text = self.md.htmlStash.store(drawing)
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
        figures: list[tuple[str, str]] = []
        md.preprocessors.register(_Directives(md, figures), "includes", 28)
        md.parser.blockprocessors.register(_Blocks(md, figures), "include-blocks", 181)
        md.inlinePatterns.register(_Values(INLINE, md), "values", 188)


def makeExtension(**kwargs: object) -> IncludesExtension:  # noqa: N802
    """Entry point for Markdown."""
    return IncludesExtension(**kwargs)
