"""TeX to native MathML at build time, as a Markdown extension over `pymdownx.arithmatex`.

The semantic commands are written out first, so an annotation is plain LaTeX that works anywhere.
An unknown command stops the build, and so does display math without an id, which nothing would
check. A numbered formula keeps its TeX as an annotation; inline math does not, because the search
index would list it as words of the page.
"""

import html
import re

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from math_core import LatexError, LatexToMathML

from docs_ext import DocsError
from docs_ext.macros import expand

_CONVERT = {
    annotation: LatexToMathML(annotation=annotation, fancy_error=False)
    for annotation in (True, False)
}
TEX: dict[str, str] = {}  # what was converted in this build: MathML -> plain LaTeX
_SPAN = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\s*\\[(\[](?P<tex>.*?)\\[)\]]\s*</(?P=tag)>', re.DOTALL
)


def to_mathml(tex: str, *, display: bool, annotation: bool = True) -> str:
    """MathML of one formula; raises DocsError with the formula in the message."""
    try:
        math = _CONVERT[display and annotation].convert_all([(expand(tex), display)])[0]
    except LatexError as error:
        raise DocsError(f"{error} in the formula:\n{tex}") from None
    TEX[math] = expand(tex)
    return math


def _replace(match: re.Match[str]) -> str:
    tex = html.unescape(match["tex"]).strip()
    if match["tag"] == "div":
        raise DocsError(f"a displayed formula needs an id, see CONTRIBUTING.md:\n{tex}")
    return to_mathml(tex, display=False)


class _MathML(Postprocessor):
    def run(self, text: str) -> str:
        return _SPAN.sub(_replace, text)


class MathMLExtension(Extension):
    """Replaces what arithmatex marked; runs after raw HTML is back in the text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register the replacement as the last step."""
        md.postprocessors.register(_MathML(md), "mathml", 1)


def makeExtension(**kwargs: object) -> MathMLExtension:  # noqa: N802
    """Entry point for Markdown."""
    return MathMLExtension(**kwargs)
