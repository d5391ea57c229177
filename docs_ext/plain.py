"""Every page as plain Markdown, for tutors and tools; MkDocs hook.

The Markdown of a page says what its HTML says: programs with what they print, numbers, formulas as
plain LaTeX with their ids, citations by author and year. It is published as `index.md` beside the
page, and /llms.txt lists them all.
"""

import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jupytext
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from docs_ext import DOCS, claims, experiments, frameworks, records
from docs_ext.citations import CITE, entries, label
from docs_ext.exercises import all_exercises, check_path, title_of
from docs_ext.figures import FILES, alt_text, drawing, drawings, figure_file
from docs_ext.formulas import ID, all_formulas, parse
from docs_ext.includes import DIRECTIVE, INLINE
from docs_ext.macros import expand
from docs_ext.quotes import LINE, bibtex_of_all, in_one_line, table_rows
from docs_ext.release import built_on, site_url, version
from docs_ext.snippets import Snippet
from docs_ext.values import value

SKIPPED = ("api/",)  # made from docstrings, there is no Markdown of it


def _address(page: str) -> str:
    """Where a page of docs/ is published."""
    return (
        re.sub(r"(?:index)?\.(?:md|ipynb)$", "", page).rstrip("/") + "/"
        if page != "index.md"
        else ""
    )


def _formula(match: re.Match[str]) -> str:
    formula = parse(match["id"].strip(), match["inside"].splitlines())
    return f"**{formula.id}** {formula.meaning}:\n\n$$\n{expand(formula.tex)}\n$$\n"


def _code(text: str, language: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def _snippet(name: str) -> str:
    snippet = Snippet(name)
    return f"{_code(snippet.source, 'python')}\n{_code(snippet.output, 'text')}"


def _figure(name: str, caption: str | None) -> str:
    url = f"{site_url()}figures/{name}.svg"
    about = f"![{alt_text(drawing(name))}]({url})"
    return f"{about}\n\n{caption}\n" if caption else f"{about}\n"


def _outcome(name: str) -> str:
    name = name.removeprefix("experiments/")
    return f"{experiments.load(name).table(experiments.record(name)).rstrip()}\n"


def _include(match: re.Match[str]) -> str:
    kind, name, caption = match["kind"], match["name"], match["caption"]
    makers: dict[str, Callable[[], str]] = {
        "snippet": lambda: _snippet(name),
        "output": lambda: _code(Snippet(name).output, "text"),
        "table": lambda: Snippet(name).output,
        "figure": lambda: _figure(name, caption),
        "record": lambda: "\n".join(records.table(name)) + "\n",
        "outcome": lambda: _outcome(name),
        "claims": lambda: "\n".join(claims.markdown()) + "\n",
        "tally": lambda: "\n".join(claims.tally()) + "\n",
        "chart": lambda: f"(A chart of recorded runs: {caption})\n",
        "explorer": lambda: f"(Interactive: {caption})\n",
        "bibliography": lambda: "".join(f"- {label(key)}: {key}\n" for key in entries()),
        "formulas": lambda: "".join(f"- {f.id}: {f.meaning}\n" for f in all_formulas().values()),
    }
    return makers[kind]()


def _own_page(match: re.Match[str]) -> str:
    """A directive of docs_ext/frameworks.py, or one that only the HTML can show."""
    lines = frameworks.expand(match[0])
    if lines is None:
        return f"(Only on the page: {match['words']}.)\n"
    return re.sub(r" \{ data-label='[^']*' \}", "", "\n".join(lines))


def _quote(match: re.Match[str]) -> str:
    kind, what, rest = match["kind"], match["what"], match["rest"]
    if kind == "bibtex":
        return _code(bibtex_of_all(what), "bibtex")
    if kind in ("formula", "derivation"):
        tex = all_formulas()[what].tex
        tex = expand(in_one_line(tex) if kind == "formula" else tex)
        return f"{rest or what}: $${tex}$$ ({what})\n"
    if kind == "drawing":
        return _figure(what, None)
    names = [name.strip() for name in rest.split(";")]
    rows = "\n".join(table_rows((DOCS / what).read_text("utf-8"), names, what)) + "\n"
    return _full_links(re.sub(r"\]\(#", f"]({posixpath.basename(what)}#", rows), what)


def _full_links(text: str, page: str) -> str:
    """The links to other pages, as they are written on this one, with the address of the site."""

    def full(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), match[1]))
        return f"]({site_url()}{_address(target)}{match[2] or ''})"

    return re.sub(r"\]\(([^):]+\.(?:md|ipynb))(#[^)]*)?\)", full, text)


def _exercises(text: str) -> str:
    """The blocks of exercises as headings; the list of all of them."""
    listed = "".join(
        f"- {e.id} {e.title} ({e.kind}, {e.minutes} min, {e.level.lower()})\n"
        for e in all_exercises().values()
    )
    text = re.sub(r"^=== exercises$", lambda _: listed, text, flags=re.MULTILINE)
    for exercise in all_exercises().values():
        head = f"### {exercise.id} {exercise.title}\n\n({exercise.kind}, {exercise.minutes} min)\n"
        text = re.sub(
            rf"^=== exercise {exercise.id}\n(?:[a-z]+: .*\n)+",
            lambda _, head=head: head,  # type: ignore[misc]
            text,
            flags=re.MULTILINE,
        )
    text = re.sub(
        r"^=== (hint|answer)$", lambda m: f"**{m[1].title()}.**", text, flags=re.MULTILINE
    )
    return re.sub(r"^=== (?:end|slide|end of slides)$\n?", "", text, flags=re.MULTILINE)


def plain(text: str, page: str) -> str:
    """The Markdown source of a page without anything that only this site understands."""
    text = re.sub(r"\A---\n.*?\n---\n+", "", text, flags=re.DOTALL)
    text = _exercises(text)
    text = re.sub(
        r"^```formula (?P<id>.*)\n(?P<inside>(?:.*\n)*?)```$", _formula, text, flags=re.MULTILINE
    )
    pattern = DIRECTIVE.pattern.removeprefix("^").removesuffix("$")
    text = re.sub(f"^(?:{pattern})$", _include, text, flags=re.MULTILINE)
    text = re.sub(f"^(?:{LINE.pattern})$", _quote, text, flags=re.MULTILINE)
    text = re.sub(r"^\{\{ (?P<words>.+) \}\}$", _own_page, text, flags=re.MULTILINE)

    def outside_code(piece: str) -> str:
        piece = re.sub(INLINE, lambda m: value(m[1]), piece)
        piece = piece.replace("[[version]]", version()).replace("[[date]]", f"{built_on()}")
        piece = re.sub(CITE, lambda m: f"({_cited(m[1])})", piece)
        piece = re.sub(rf"\[({ID.pattern}|{claims.ID.pattern})\]\[\]", r"\1", piece)
        piece = re.sub(rf"\[([^\]]*)\]\[(?:{ID.pattern}|lossref[\w.]*)\]", r"\1", piece)
        piece = re.sub(r"(?<=\$)[^$`]+(?=\$)", lambda m: expand(m[0]), piece)
        piece = re.sub(r" \{ [#.][^}]* \}$|^\{ [#.][^}]* \}$", "", piece, flags=re.MULTILINE)
        piece = re.sub(r"^</?(?:div|section|header|footer|p)\b[^>]*>(?:</p>)?$\n?", "", piece,
                       flags=re.MULTILINE)  # fmt: skip
        return _full_links(piece, page)

    pieces = re.split(r"(^```.*?^```$|`[^`\n]+`)", text, flags=re.DOTALL | re.MULTILINE)
    done = "".join(p if n % 2 else outside_code(p) for n, p in enumerate(pieces))
    return re.sub(r"\n{3,}", "\n\n", done).strip() + "\n"


def _cited(keys: str) -> str:
    return "; ".join(label(key.removeprefix("@")) for key in keys.split("; "))


def plain_page(uri: str) -> str | None:
    """The plain Markdown of a page by its source; None where there is none."""
    if uri.startswith(SKIPPED):
        return None
    path = DOCS / uri
    if uri.endswith(".ipynb"):
        notebook = jupytext.read(path.with_suffix(".py"))
        notebook.metadata = {}
        text = jupytext.writes(notebook, fmt="md")
        return plain(re.sub(r"^```python .*$", "```python", text, flags=re.MULTILINE), uri)
    return plain(path.read_text(encoding="utf-8"), uri) if path.is_file() else None


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Publish the Markdown, and tell the theme that it is there."""
    text = plain_page(page.file.src_uri)
    context["plain"] = text is not None
    if text is not None:
        target = Path(config.site_dir) / Path(page.file.dest_uri).with_name("index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return context


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the figures as files, and the exercises for programs."""
    for snippet in drawings():
        for kind in FILES:
            uri, path = f"figures/{snippet.name}.{kind}", figure_file(snippet, kind)
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    exported = json.dumps(exercises(), ensure_ascii=False, indent=1) + "\n"
    files.append(File.generated(config, "exercises.json", content=exported))
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
                "about": f"{site_url()}{_address(e.about.partition('#')[0])}",
                "url": f"{site_url()}{_address(e.page)}#{e.id}",
                **{
                    part: plain(getattr(e, part), e.page) for part in ("question", "hint", "answer")
                },
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
            if page.file.src_uri.startswith(SKIPPED):
                continue
            text = source.read_text("utf-8") if source.is_file() else ""
            described = re.search(r"^description: (.+)$", text, re.MULTILINE)
            about = f": {described[1]}" if described else ""
            url = f"{site_url()}{_address(page.file.src_uri)}index.md"
            _nav.append(f"- [{page.title or title_of(page.file.src_uri)}]({url}){about}")
        for section in (item for item in items if isinstance(item, Section)):
            visit(section.children, section.title)

    visit(nav.items, "Start")
    return nav


def on_post_build(config: MkDocsConfig) -> None:
    """Write /llms.txt."""
    lines = [
        "# lossref",
        "",
        f"> {config.site_description.strip()}",
        "",
        f"Version {version()}, {built_on()}. Text and figures CC BY 4.0, code MIT. Each formula "
        f"has a permanent id such as SCE.5 and a page at {site_url()}eq/SCE.5/; all of them are in "
        f"{site_url()}formulas.json. Formulas, numbers and programs are checked by running code.",
        *_nav,
    ]
    (Path(config.site_dir) / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
