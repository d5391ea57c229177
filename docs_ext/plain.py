"""Every page as plain Markdown, for tutors and tools; MkDocs hook.

It is made from the finished HTML, so it says what the page says, whatever made the page: programs
with what they print, tables, numbers, formulas as plain LaTeX with their ids, pictures by their
alt text. It is published as `index.md` beside the page, and /llms.txt lists them all. The
exercises among it are exported as exercises.json.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from docs_ext import DOCS, DocsError
from docs_ext.exercises import all_exercises, check_path
from docs_ext.formulas import all_formulas
from docs_ext.mathml import TEX
from docs_ext.pages import address_of, title_of
from docs_ext.release import built_on, site_url, version

# what serves the page itself, and the menus; programs in full are in the repository
_DROPPED = {"form", "script", "style", "template"}
_DROPPED_CLASSES = {
    "anchor-link", "cite-page", "cite-this", "download", "downloads", "explorer-key", "files",
    "formula-menu", "headerlink", "jp-InputPrompt", "jp-OutputPrompt", "linenos",
    "mkdocstrings-source", "run-bar", "visually-hidden",
}  # fmt: skip
_BLOCKS = {
    "article", "blockquote", "details", "div", "dl", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "ol", "p", "pre", "section", "summary", "table", "tex", "ul",
}  # fmt: skip


def _is_dropped(tag: Tag) -> bool:
    return (
        tag.name in _DROPPED
        or not _DROPPED_CLASSES.isdisjoint(tag.get("class") or ())
        or tag.get("role") == "status"
        or ("eq/" in str(tag.get("href", "")) and bool(tag.find_parent(class_="formula-about")))
    )


def _prepared(text: str) -> BeautifulSoup:
    """The page with formulas and drawings as one element each, which is also quick to parse."""

    def tex(match: re.Match[str]) -> str:
        if match[0] not in TEX:
            raise DocsError(f"a formula that docs_ext/mathml.py did not make:\n{match[0][:300]}")
        kind = "tex" if match[0].startswith('<math display="block"') else "var"
        return f"<{kind} data-tex>{html.escape(TEX[match[0]])}</{kind}>"

    def image(match: re.Match[str]) -> str:
        alt = re.search(r'aria-label="([^"]*)"', match[1])
        return f'<img alt="{alt[1]}">' if alt else ""

    text = re.sub(r"<math\b.*?</math>", tex, text, flags=re.DOTALL)
    text = re.sub(r"<svg\b([^>]*)>.*?</svg>", image, text, flags=re.DOTALL)
    return BeautifulSoup(text, "html.parser")


class _Writer:
    """The Markdown of one page."""

    def __init__(self, address: str) -> None:
        self.address = address

    def inline(self, node: Tag) -> str:
        """Everything in a line of text."""
        text = "".join(self._piece(child) for child in node.children)
        return re.sub(r"\s*\n\s*", "\n", text).strip()

    def _piece(self, node: Any) -> str:
        if isinstance(node, PreformattedString):  # a comment
            return ""
        if isinstance(node, NavigableString):
            return re.sub(r"[ \t]+", " ", str(node))
        if "data-tex" in node.attrs:
            mark = "$$" if node.name == "tex" else "$"
            return f"{mark}{node.get_text()}{mark}"
        if node.name == "code":
            text = " ".join(node.get_text().split())
            return f"`` {text} ``" if "`" in text else f"`{text}`"
        if node.name == "img":
            return f"![{node['alt']}]({urljoin(self.address, str(node.get('src', '')))})"
        text = "".join(self._piece(child) for child in node.children)
        if node.name in ("em", "strong", "i", "b") and text.strip():
            mark = "*" if node.name in ("em", "i") else "**"
            return f"{mark}{text.strip()}{mark}"
        # a number of a formula, a citation or a name says enough without its address
        linked = node.name == "a" and node.get("href") and "autorefs" not in node.get("class", [])
        return f"[{text}]({urljoin(self.address, node['href'])})" if linked else text

    def blocks(self, node: Tag) -> str:
        """Everything in an element, one block after the other."""
        done = [text for text in self._blocks(node) if text.strip()]
        return "\n\n".join(done)

    def _blocks(self, node: Tag) -> Iterator[str]:
        line: list[Any] = []
        for child in [*node.children, None]:
            if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
                yield self._line(line)
                yield self._block(child)
                line = []
            elif child is None:
                yield self._line(line)
            else:
                line.append(child)

    def _line(self, nodes: list[Any]) -> str:
        text = "".join(map(self._piece, nodes))
        return re.sub(r"\s*\n\s*", "\n", text).strip()

    def _block(self, node: Tag) -> str:
        kinds: set[str] = set(node.get_attribute_list("class"))
        name = node.name
        if name == "tex":
            return f"$$\n{node.get_text()}\n$$"
        if re.fullmatch("h[1-6]", name):
            return f"{'#' * int(name[1])} {' '.join(self.inline(node).split())}"
        if name == "pre" or ("highlight" in kinds and node.find("pre")):
            return self._code(node)
        if name in ("ul", "ol"):
            return self._list(node)
        if name == "table":
            return self._table(node)
        if name == "dl":
            pairs = zip(node.find_all("dt"), node.find_all("dd"), strict=True)
            return "\n".join(f"- {self.inline(dt)}: {self.inline(dd)}" for dt, dd in pairs)
        if name == "hr":
            return "---"
        if name == "summary" or "admonition-title" in kinds:
            return f"**{self.inline(node)}**"
        if name == "blockquote" or "admonition" in kinds:
            return re.sub(
                "^(?=(.)?)", lambda m: "> " if m[1] else ">", self.blocks(node), flags=re.MULTILINE
            )
        if name == "figure":
            return self._figure(node)
        if "formula" in kinds:
            return self._formula(node)
        if "quoted" in kinds:
            return " ".join(self.inline(node).split())
        if "explorer" in kinds:
            return self._explorer(node)
        if name == "p" and not node.find(_BLOCKS):
            return self.inline(node)
        return self.blocks(node)

    def _code(self, node: Tag) -> str:
        language = re.search(r"(?:language|hl)-(\w+)", " ".join(node.get_attribute_list("class")))
        head = language[1] if language else "text"
        if title := node.find(class_="filename"):
            head += f' title="{title.get_text()}"'
        program = node if node.name == "pre" else node.find("pre")
        assert program
        text = program.get_text().rstrip("\n")
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text) or [""]))
        return f"{fence}{head}\n{text}\n{fence}"

    def _list(self, node: Tag) -> str:
        items = []
        for number, item in enumerate(node.find_all("li", recursive=False), 1):
            mark = f"{number}. " if node.name == "ol" else "- "
            inside = re.sub(r"\n(?=[^\n])", "\n" + " " * len(mark), self.blocks(item))
            items.append(mark + inside)
        loose = any("\n\n" in item for item in items)
        return ("\n\n" if loose else "\n").join(items)

    def _table(self, node: Tag) -> str:
        rows = [
            [" ".join(self.inline(cell).split()).replace("|", r"\|") for cell in row(["td", "th"])]
            for row in node.find_all("tr")
        ]
        rows.insert(1, ["---"] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _figure(self, node: Tag) -> str:
        """The address of a figure is that of its file."""
        if name := node.get("data-figure"):
            for image in node.find_all("img"):
                image["src"] = f"{site_url()}figures/{name}.svg"
        return self.blocks(node)

    def _formula(self, node: Tag) -> str:
        link = node.find(class_="formula-id")
        assert isinstance(link, Tag)
        formula, math = all_formulas()[str(link["id"])], node.find("tex")
        assert isinstance(math, Tag)
        return f"**{formula.id}** {formula.meaning}:\n\n{self._block(math)}"

    def _explorer(self, node: Tag) -> str:
        for box in node.find_all(class_="explorer-controls"):
            names = [name.get_text() for name in box.select("label span:first-of-type")]
            start = [str(slider["aria-valuetext"]) for slider in box.find_all("input")]
            box.decompose()
        said = ", ".join(f"{name} = {at}" for name, at in zip(names, start, strict=True))
        picture = node.find("img")
        assert isinstance(picture, Tag)
        alt = str(picture["alt"])
        values = node.find("dl")
        assert isinstance(values, Tag)
        return f"(With sliders on the page.) {alt}\n\nAt {said}:\n\n{self._block(values)}"


def plain(text: str, address: str) -> str:
    """The Markdown of a page, or of a part of one, from its HTML; links are full addresses."""
    return _markdown(_prepared(text), address)


def _markdown(soup: Tag, address: str) -> str:
    for dropped in soup.find_all(_is_dropped):
        dropped.decompose()
    return _Writer(address).blocks(soup) + "\n"


_found: dict[str, dict[str, str]] = {}  # exercise -> its parts


def _remember_exercises(article: Tag, address: str) -> None:
    """Question, hint and answer of each exercise on a page."""
    for section in article.select("section.exercise"):
        heading = section.find("h3")
        assert isinstance(heading, Tag)
        boxes = [section.select_one(f"details.{part}") for part in ("hint", "answer")]
        parts: list[str] = []
        for box in boxes:
            assert box
            summary = box.find("summary")
            assert isinstance(summary, Tag)
            summary.decompose()
            parts.append(_markdown(box.extract(), address))
        id = str(heading.extract()["id"])
        for facts in section.select(".exercise-facts"):
            facts.decompose()
        _found[id] = {
            "question": _markdown(section, address),
            "hint": parts[0],
            "answer": parts[1],
        }


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Publish the Markdown of a page."""
    address = f"{site_url()}{page.url if page.url != './' else ''}"
    begin, end = output.index("<article"), output.rindex("</article>")
    soup = _prepared(output[begin:end])
    target = Path(config.site_dir) / Path(page.file.dest_uri).with_name("index.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_markdown(soup, address), encoding="utf-8")
    if soup.find("section", class_="exercise"):
        _remember_exercises(soup, address)
    return output


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Make room for what is known at the end of the build."""
    files.append(File.generated(config, "exercises.json", content=""))
    return files


def exercises() -> dict[str, Any]:
    """All of exercises.json."""
    return {
        "version": version(),
        "date": built_on().isoformat(),
        "license": "CC-BY-4.0",
        "exercises": [
            {
                "id": e.id,
                "title": e.title,
                "level": e.level,
                "kind": e.kind,
                "minutes": e.minutes,
                "about": f"{site_url()}{address_of(e.about.partition('#')[0])}",
                "url": f"{site_url()}{address_of(e.page)}#{e.id}",
                **_found[e.id],
                "check": check_path(e.check).read_text(encoding="utf-8") if e.check else None,
            }
            for e in all_exercises().values()
        ],
    }


_nav: list[str] = []


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Remember the pages in the order of the navigation."""
    _nav.clear()

    def visit(items: list[Any], title: str) -> None:
        pages = [item for item in items if isinstance(item, Page)]
        if pages:
            _nav.extend(["", f"## {title}", ""])
        for page in pages:
            source = DOCS / page.file.src_uri
            text = source.read_text("utf-8") if source.is_file() else ""
            described = re.search(r"^description: (.+)$", text, re.MULTILINE)
            about = f": {described[1]}" if described else ""
            url = f"{site_url()}{address_of(page.file.src_uri)}index.md"
            _nav.append(f"- [{page.title or title_of(page.file.src_uri)}]({url}){about}")
        for section in (item for item in items if isinstance(item, Section)):
            visit(section.children, section.title)

    visit(nav.items, "Start")
    return nav


def on_post_build(config: MkDocsConfig) -> None:
    """Write /llms.txt and /exercises.json."""
    site = Path(config.site_dir)
    lines = [
        "# lossref",
        "",
        f"> {config.site_description}",
        "",
        f"Version {version()}, {built_on()}. Text and figures CC BY 4.0, code MIT. Each formula "
        f"has a permanent id such as SCE.5 and a page at {site_url()}eq/SCE.5/; all of them are in "
        f"{site_url()}formulas.json. Formulas, numbers and programs are checked by running code.",
        *_nav,
    ]
    (site / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    exported = json.dumps(exercises(), ensure_ascii=False, indent=1) + "\n"
    (site / "exercises.json").write_text(exported, encoding="utf-8")
