"""Numbers in prose: `{{ name }}` on a page.

They come from the lines `name = 0.2963` that the snippets called `values` print, and from the
recorded runs (docs_ext/records.py). The names are one namespace, so a number has one source.
"""

import re
from functools import cache

from docs_ext import SNIPPETS, DocsError, records

_LINE = re.compile(r"([a-z][a-z0-9_]*) = (\S.*)")


def parse(text: str, where: str) -> dict[str, str]:
    """The names and values of one committed output."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            raise DocsError(f"{where}: {line!r} is not of the form 'name = value'")
        if match[1] in values:
            raise DocsError(f"{where}: {match[1]} is printed twice")
        values[match[1]] = match[2]
    return values


@cache
def _merge(files: tuple[tuple[str, str], ...]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for where, text in files:
        for name, value in parse(text, where).items():
            if name in merged:
                raise DocsError(f"{where}: the name {name} is already taken by another values file")
            merged[name] = value
    return merged


def all_values() -> dict[str, str]:
    """Every value of the site by name."""
    return _merge(
        tuple(
            (path.relative_to(SNIPPETS).as_posix(), path.read_text(encoding="utf-8"))
            for path in sorted(SNIPPETS.glob("*/values.out"))
        )
        + tuple(records.values())
    )


def value(name: str) -> str:
    """One value as a page shows it."""
    values = all_values()
    if name not in values:
        raise DocsError(
            f"there is no value {name!r}: neither snippets/*/values.out nor a record has it"
        )
    return values[name]
