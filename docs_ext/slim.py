"""What a page weighs; MkDocs hook, at the end of the build.

The style sheets become one, without the rules that no page and no script of the site can use. The
theme's script loses what no page uses (docs_ext/shake.py). Pages lose indentation, marks for the
search index that was made of them, and the mark-up of names in programs, which have the color of
the text around them. Tables get the boxes here that the theme's script would give them.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import tinycss2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from tinycss2 import ast

from docs_ext import DocsError
from docs_ext.shake import check, patched, shaken

_SHEET = re.compile(r'[ \t]*<link rel="stylesheet" href="(?P<url>[^":]+\.css)">\n?')
# not in the one sheet: only the pages that link them need them
APART = ("teach.css", "equation.css")
_NAMES = re.compile(r'\b(?:class|id)="([^"]*)"')
_KEPT = re.compile(r"(<(pre|script|style|template|textarea)\b.*?</\2>)", re.DOTALL)
_TABLE = re.compile(r"<table(?![^>]* class=)[^>]*>.*?</table>", re.DOTALL)
_BOX = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">%s</div></div>'
_PLAIN = re.compile(r'<span(?: class="[nw]")?>([^<]*)</span>')  # code in the color of code
_WORD = re.compile(r"[\w-]+")
# the theme's script makes these only for mark-up or features that a page would show
OPTIONAL = re.compile(
    r"md-(?:annotation|banner|consent|post|progress|source|tag|tooltip)|tabbed-|mermaid|giscus"
)
_PAIR = re.compile(r'\b(dir|data-md-color-\w+)="?([\w-]+)')
_TEXT = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_VALUE = rf"(?:{_TEXT}|\((?:{_TEXT}|[^\"')])*\)|[^;}}\"'(])"
_VARIABLE = re.compile(r"--[\w-]+")


class Vocabulary:
    """The names on pages and in scripts: a class that is none of them is on no element."""

    def __init__(self, pages: Iterable[str], scripts: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        self.read: set[str] = set()  # variables of style
        for text in pages:
            self.words.update(name for names in _NAMES.findall(text) for name in names.split())
            self.pairs.update(_PAIR.findall(text))
            self.read.update(_VARIABLE.findall(text))
        for text in scripts:
            self.words.update(w for w in _WORD.findall(text) if not OPTIONAL.match(w))
            self.read.update(_VARIABLE.findall(text))

    def _attribute(self, content: list[ast.Node]) -> bool:
        texts = [str(node.value) for node in content if node.type in ("ident", "string")]
        if len(texts) == 2 and (texts[0] == "dir" or texts[0].startswith("data-md-color-")):
            return (texts[0], texts[1]) in self.pairs
        return True

    def selects(self, selector: list[ast.Node]) -> bool:
        """Whether some element may match; wrong only on the side of keeping."""
        for before, node in zip([None, *selector], selector, strict=False):
            if node.type == "hash" and node.value not in self.words:
                return False
            named = node.type == "ident" and before is not None and before == "."
            if named and node.value not in self.words:
                return False
            if node.type == "[] block" and not self._attribute(node.content):
                return False
            among = node.type == "function" and node.lower_name in ("is", "where")
            if among and not any(map(self.selects, _split(node.arguments))):
                return False
        return True


def _split(nodes: list[ast.Node]) -> list[list[ast.Node]]:
    parts: list[list[ast.Node]] = [[]]
    for node in nodes:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _rules(rules: list[ast.Node], keep: Callable[[list[ast.Node]], bool]) -> str:
    out = []
    for rule in rules:
        if rule.type == "error":
            raise DocsError(f"style sheet, line {rule.source_line}: {rule.message}")
        if rule.type == "qualified-rule":
            alive = [part for part in _split(rule.prelude) if keep(part)]
            if alive:
                selector = ",".join(tinycss2.serialize(part).strip() for part in alive)
                out.append(f"{selector}{{{_declarations(rule.content)}}}")
        elif rule.at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            if kept := _rules(inside, keep):
                out.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}")
        elif rule.at_keyword != "charset":
            out.append(tinycss2.serialize([rule]))
    return "".join(out)


def _declarations(content: list[ast.Node]) -> str:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    text = []
    for part in parts:
        if part.type != "declaration":
            raise DocsError(f"style sheet, line {part.source_line}: not a declaration")
        value = re.sub(r"\s+", " ", tinycss2.serialize(part.value)).strip()
        text.append(f"{part.name}:{value}{'!important' if part.important else ''}")
    return ";".join(text)


def purged(sheet: str, vocabulary: Vocabulary) -> str:
    """The rules that may match, and of their variables those that something reads."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    text = _rules(rules, vocabulary.selects)
    while True:
        used = set(_VARIABLE.findall(re.sub(r"[{;]--[\w-]+:", "", text)))
        defined = set(re.findall(r"[{;](--[\w-]+):", text))
        unread = defined - used - vocabulary.read
        if not unread:
            return text
        for name in unread:
            text = re.sub(rf"(?<=[{{;]){name}:{_VALUE}*;?", "", text)
        text = re.sub(r"(?<=[{}])[^{}@]+\{\}", "", text.replace(";}", "}"))


@event_priority(-60)  # after the plugins have written their files, before the site is packed
def on_post_build(config: MkDocsConfig) -> None:
    """Patch the script, join and purge the style sheets."""
    site = Path(config.site_dir)
    (bundle,) = (site / "assets" / "javascripts").glob("bundle.*.min.js")
    bundle.write_text(shaken(patched(bundle.read_text("utf-8"))), encoding="utf-8")
    for path in (site / "assets").glob("*.js"):
        path.write_text(_bare(path.read_text("utf-8")), encoding="utf-8")
    paths = sorted(site.rglob("*.html"))
    pages = {path: boxed(path.read_text("utf-8")) for path in paths}
    check(config.theme["features"], {str(path): html for path, html in pages.items()})
    home = pages[site / "index.html"]
    sheets = [match["url"] for match in _SHEET.finditer(home) if not match["url"].endswith(APART)]
    scripts = [
        p.read_text("utf-8") for p in (site / "assets").rglob("*.js") if "lunr" not in p.parts
    ]
    vocabulary = Vocabulary(pages.values(), scripts)
    joined = "\n".join(_moved((site / url).read_text("utf-8"), url) for url in sheets)
    # the polyfill that sets the class is gone
    text = purged(joined.replace(".focus-visible", ":focus-visible"), vocabulary)
    name = f"assets/style.{hashlib.sha256(text.encode()).hexdigest()[:8]}.css"
    (site / name).write_text(text, encoding="utf-8")
    for path, html in pages.items():
        path.write_text(compact(_relinked(html, sheets, name)), encoding="utf-8")
    for url in sheets:
        (site / url).unlink()


def boxed(html: str) -> str:
    """A page of the theme whose tables scroll sideways by themselves."""
    if 'data-md-component="container"' not in html:
        return html
    return _TABLE.sub(lambda table: _BOX % table[0], html)


def compact(html: str) -> str:
    """A page that looks the same."""
    html = _PLAIN.sub(r"\1", re.sub(r' data-search-exclude(?:="")?(?=[ >])', "", html))
    parts = _KEPT.split(html)  # text, what is kept, its name, text ...
    parts[::3] = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::3]]
    del parts[2::3]
    return "".join(parts)


def _bare(script: str) -> str:
    """A script of ours without indentation and lines of comment."""
    if script.count("`") and re.search(r"`[^`]*\n[^`]*`", re.sub(r"`[^`\n]*`", "", script)):
        raise DocsError("a text of several lines in a script: it would lose its indentation")
    return re.sub(r"(?m)^(?:[ \t]*//.*\n|[ \t]+)", "", script)


def _moved(sheet: str, url: str) -> str:
    """A sheet of assets/, or one that asks for no file."""
    if not re.fullmatch(r"assets/[^/]+", url) and re.search(r"url\((?!['\"]?data:)", sheet):
        raise DocsError(f"{url} asks for a file by a path that its move would break")
    return sheet


def _relinked(html: str, sheets: list[str], name: str) -> str:
    first = True

    def one(match: re.Match[str]) -> str:
        nonlocal first
        old = next((sheet for sheet in sheets if match["url"].endswith(sheet)), None)
        if old is None:
            return match[0]
        mark = match[0].replace(old, name) if first else ""
        first = False
        return mark

    return _SHEET.sub(one, html)
