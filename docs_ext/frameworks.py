"""What the frameworks do, on a page: tables from the measured record, and translated programs.

Each on a line of its own:

    {{ behavior classes | Takes; Targets }}   these columns of a family, one row a call
    {{ same classes }}                        calls of a family, and lossref's line for each
    {{ versions }}                            of the libraries in the record
    {{ translate pytorch/classes }}           a program beside a framework, and its output

The record and the programs are in `tests/peers`, where tests run the real libraries.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from docs_ext import ROOT, DocsError, outside_fences

RECORD = ROOT / "tests" / "peers" / "frameworks.json"
PROGRAMS = ROOT / "tests" / "peers" / "translate"
DIRECTIVE = re.compile(
    r"\{\{ (?P<kind>behavior|same|versions|translate)(?: (?P<name>[a-z]+(?:/[a-z_]+)?))?"
    r"(?: \| (?P<columns>.+?))? \}\}"
)
NONE = "—"
ORDER = ("PyTorch", "Keras", "Optax", "scikit-learn", "XGBoost", "LightGBM", "SciPy", "NumPy")


@cache
def record() -> dict[str, Any]:
    """What was measured."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def joined(parts: Mapping[str, str]) -> str:
    """`a: x; b: y` of several backends, or x alone where all agree."""
    if len(set(parts.values())) == 1:
        return next(iter(parts.values()))
    groups: dict[str, list[str]] = {}
    for name, text in parts.items():
        groups.setdefault(text, []).append(name)
    return "; ".join(f"{', '.join(names)}: {text}" for text, names in groups.items())


def columns_of(family: str) -> list[str]:
    """What is known of the calls of a family."""
    for call in record()["calls"]:
        if call["family"] == family:
            return list(call["cells"])
    raise DocsError(f"there is no family {family!r} of calls in {RECORD.name}")


def rows(family: str) -> dict[tuple[str, str], dict[str, str]]:
    """Framework and call -> column -> cell; the backends of Keras are one row."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for call in record()["calls"]:
        if call["family"] == family:
            cells = found.setdefault((call["framework"], call["name"]), {})
            for column, cell in call["cells"].items():
                cells.setdefault(column, {})[call["backend"]] = cell["cell"]
    return {
        key: {column: joined(texts) for column, texts in found[key].items()}
        for key in sorted(found, key=lambda key: ORDER.index(key[0]))
    }


def _cells(entries: Mapping[str, str]) -> str:
    """One line of a table; a cell knows its heading, which a phone shows beside it."""
    return "| " + " | ".join(f"{x} {{ data-label='{name}' }}" for name, x in entries.items()) + " |"


def _table(lines: list[dict[str, str]]) -> list[str]:
    head = list(lines[0])
    return [
        '<div class="behavior" markdown>',
        "",
        "| " + " | ".join(head) + " |",
        "|" + " --- |" * len(head),
        *map(_cells, lines),
        "",
        "</div>",
        "",
    ]


def _named(framework: str, name: str) -> str:
    """With its options apart, so that the line can break there."""
    match = re.fullmatch(r"([\w.]+)\((.*)\)", name)
    if match and "np." not in name:
        return f"{framework} `{match[1]}`, `{match[2]}`"
    head, comma, rest = (name, "", "") if "(" in name else name.partition(", ")
    return f"{framework} `{head}`{comma}{rest}"


def _behavior(family: str, columns: str) -> list[str]:
    wanted, known = columns.split("; "), columns_of(family)
    if unknown := set(wanted) - set(known):
        raise DocsError(f"{family} has no columns {sorted(unknown)}; it has {known}")
    return _table(
        [
            {"Call": _named(framework, name), **{column: cells[column] for column in wanted}}
            for (framework, name), cells in rows(family).items()
            if any(cells[column] != NONE for column in wanted)
        ]
    )


def _same(family: str) -> list[str]:
    found = [equal for equal in record()["equals"] if equal["family"] == family]
    if not found:
        raise DocsError(f"no call of the family {family!r} in {RECORD.name} has a line of lossref")
    found.sort(key=lambda equal: ORDER.index(equal["framework"]))
    return _table(
        [
            {
                "Call": f"{equal['framework']} `{equal['call']}`",
                "lossref": f"`{equal['lossref'].replace('lossref.', '')}`",
            }
            for equal in found
        ]
    )


def _versions() -> list[str]:
    known = record()["versions"]
    return [", ".join(f"{name} {number}" for name, number in known.items()) + ".", ""]


def _program(name: str) -> list[str]:
    source, output = (PROGRAMS / f"{name}{end}" for end in (".py", ".out"))
    if not source.is_file() or not output.is_file():
        raise DocsError(f"there is no program {name}.py with its output in tests/peers/translate")
    return [
        '<div class="snippet" markdown>',
        "",
        f'```python title="tests/peers/translate/{name}.py"',
        *source.read_text(encoding="utf-8").rstrip("\n").split("\n"),
        "```",
        "",
        '```text title="Output"',
        *output.read_text(encoding="utf-8").rstrip("\n").split("\n"),
        "```",
        "",
        "</div>",
        "",
    ]


def expand(line: str) -> list[str] | None:
    """The lines that a directive stands for; None if the line is none of ours."""
    match = DIRECTIVE.fullmatch(line)
    if not match:
        return None
    kind, name, columns = match["kind"], match["name"] or "", match["columns"] or ""
    if bool(name) == (kind == "versions") or bool(columns) != (kind == "behavior"):
        raise DocsError(f"cannot read {line!r}: see docs_ext/frameworks.py for the forms")
    if kind == "behavior":
        return _behavior(name, columns)
    if kind == "same":
        return _same(name)
    return _program(name) if kind == "translate" else _versions()


class _Directives(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        out = [[line] for line in lines]
        for number, line in outside_fences(lines):
            found = expand(line)
            out[number] = [line] if found is None else found
        return list(chain.from_iterable(out))


class FrameworksExtension(Extension):
    """Registers the directives before those of docs_ext/includes.py, which knows none of them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (name given by Markdown)
        """Register."""
        md.preprocessors.register(_Directives(md), "frameworks", 29)


def makeExtension(**kwargs: object) -> FrameworksExtension:  # noqa: N802
    """Entry point for Markdown."""
    return FrameworksExtension(**kwargs)
