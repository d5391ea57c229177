"""Every snippet runs alone, prints what is committed, and is shown on a page."""

import ast
import re
from functools import cache

import pytest

from docs_ext import DOCS, DocsError
from docs_ext.claims import CLAIMS
from docs_ext.includes import INLINE, NAMELESS, directives
from docs_ext.snippets import all_snippets, run_all
from docs_ext.values import all_values

SNIPPETS = {snippet.name: snippet for snippet in all_snippets()}


@cache
def _all_runs() -> dict[str, str | DocsError]:
    return run_all(SNIPPETS.values())


@pytest.fixture
def run(request: pytest.FixtureRequest):
    """Runs one snippet; when many tests are selected, all run side by side."""
    several = len(request.session.items) > 3
    return lambda name: _all_runs()[name] if several else run_all([SNIPPETS[name]])[name]


@pytest.mark.parametrize("name", SNIPPETS)
def test_output_is_the_committed_one(name: str, run, request: pytest.FixtureRequest) -> None:
    got = run(name)
    if isinstance(got, DocsError):
        pytest.fail(str(got), pytrace=False)
    snippet = SNIPPETS[name]
    if request.config.getoption("--update"):
        if got or snippet.out_path.exists():
            snippet.out_path.write_text(got, encoding="utf-8")
        return
    assert got == snippet.output


def _shown() -> set[str]:
    return {
        match["name"]
        for path in DOCS.rglob("*.md")
        for match in directives(path.read_text(encoding="utf-8"))
        if match["name"]
        and match["kind"] not in ("record", "chart")
        and not match["name"].startswith("experiments/")
    }


def test_every_snippet_is_on_a_page() -> None:
    unused = SNIPPETS.keys() - _shown() - {n for n in SNIPPETS if n.endswith("/values")}
    assert not unused, f"on no page: {sorted(unused)}"


def test_every_include_exists() -> None:
    missing = _shown() - SNIPPETS.keys()
    assert not missing, f"asked for by a page, but no such snippet: {sorted(missing)}"


def test_every_value_is_on_a_page() -> None:
    used = {
        name
        for path in [*DOCS.rglob("*.md"), CLAIMS]
        for name in re.findall(INLINE, path.read_text(encoding="utf-8"))
    } - {*NAMELESS, "versions"}  # directives without a name
    unknown, unused = sorted(used - all_values().keys()), sorted(all_values().keys() - used)
    assert not unknown, f"no snippet prints {unknown}"
    assert not unused, f"no page shows {unused}"


def imports(source: str) -> set[str]:
    """The modules that a program imports, wherever it does."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def test_imports_are_found() -> None:
    program = "import numpy as np, scipy.special\ndef f():\n    from math import pi\n"
    assert imports(program) == {"numpy", "scipy", "math"}


@pytest.mark.parametrize("name", SNIPPETS)
def test_shape_of_a_snippet(name: str) -> None:
    source = SNIPPETS[name].source
    assert not re.search(r"^\s*#", source, re.MULTILINE), (
        "a snippet has no comments: the page explains"
    )
    assert "print(" in source, "a snippet prints what it shows"
    imported = imports(source)
    allowed = {"lossref", "numpy", "matplotlib", "typing"}
    assert imported <= allowed, "runs in the browser with these alone"
    assert max(map(len, source.splitlines())) <= 88, "wider than a page shows without scrolling"


def test_output_has_at_most_six_significant_decimals() -> None:
    long = {
        name: found
        for name, snippet in SNIPPETS.items()
        if (found := re.findall(r"\d\.\d{7,}", snippet.output))
    }
    assert not long, f"last digits differ between platforms: {long}"
