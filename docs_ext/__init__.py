"""Turns docs, snippets and lossref into pages; one module per job.

What Markdown means here, as extensions of Python-Markdown, without MkDocs:
    formulas, mathml, macros, equations   formulas with an id, their TeX, what goes with them
    includes                              `{{ ... }}`: snippets, values, figures, explorers,
                                          records, experiments, claims (a module each)
    citations, frameworks, quotes, exercises

What happens around it, as hooks of MkDocs:
    notebooks                             executes the walkthroughs
    exports, claims, plain, downloads     files of the site, beside its pages
    cite, findable                        what a page says about itself
    access, search, slim (with shake), later, run, offline     the built pages and scripts

What only tests ask:
    grammar, algebra, semantics           a displayed formula is read and evaluated
    lock                                  a formula id is a promise

Programs:
    experiments, mutants, lighthouse, publish, downloads

release knows the version and the date, pages the titles and addresses of pages, chromium where the
browser is.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SNIPPETS = ROOT / "snippets"
CACHE = ROOT / ".cache"


class DocsError(Exception):
    """A page asks for something that does not exist or is malformed; stops the build."""


def outside_fences(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(number, line) of the lines of a page that are not in a block of code."""
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened := re.match(r"\s*(`{3,}|~{3,})", line):
            fence = opened[1]
        else:
            yield number, line
