"""MkDocs hook: what the site offers for each formula besides its page.

`formulas.json` lists all of them for programs. `/eq/SE.2/` is the permanent address of one: a small
page without script and without navigation, which shows it and links to where it is explained. An
id that was retired keeps its address, and says what took its place.
"""

import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_ext import ROOT
from docs_ext.equations import bibtex, checks, permanent_url, source_url
from docs_ext.formulas import Formula, all_formulas, function_anchor
from docs_ext.lock import Locked, fingerprint, load, order
from docs_ext.macros import expand
from docs_ext.mathml import to_mathml
from docs_ext.pages import address_of
from docs_ext.release import built_on, site_url, version


def _function_url(name: str) -> str:
    return f"api/#{function_anchor(name)}"


def promises() -> dict[str, Locked]:
    """The lock, and what will be in it: a formula that is being written can be looked at."""
    written = {
        id: Locked(id, version(), fingerprint(formula.tex), formula.meaning)
        for id, formula in all_formulas().items()
    }
    return written | load()


def record(formula: Formula, locked: Locked) -> dict[str, Any]:
    """One formula as formulas.json lists it."""
    return {
        "id": formula.id,
        "meaning": formula.meaning,
        "tex": expand(formula.tex),
        "semantic_tex": formula.tex,
        "page": f"{site_url()}{address_of(formula.page)}#{formula.id}",
        "url": permanent_url(formula.id),
        "function": f"lossref.{formula.implements}" if formula.implements else None,
        "statement": formula.check,
        "checks": [{"what": what, "by": path} for what, path in checks(formula)],
        "since": locked.since,
        "revised": [{"version": r.version, "reason": r.reason} for r in locked.revisions],
    }


def export() -> dict[str, Any]:
    """All of formulas.json."""
    formulas, lock = all_formulas(), promises()
    return {
        "version": version(),
        "date": built_on().isoformat(),
        "license": "CC-BY-4.0",
        "formulas": [record(formulas[id], lock[id]) for id in sorted(formulas, key=order)],
        "retired": [
            {"id": locked.id, "meaning": locked.meaning, "since": locked.since,
             "retired": gone.version, "to": gone.to, "reason": gone.reason}
            for locked in lock.values() if (gone := locked.retired)
        ],
    }  # fmt: skip


@cache
def _template() -> Any:
    loader = FileSystemLoader(ROOT / "docs_ext")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["source_url"] = source_url
    return environment.get_template("equation.html")


def equation_page(formula: Formula, locked: Locked) -> str:
    """The permanent page of one formula."""
    return str(
        _template().render(
            id=formula.id,
            meaning=formula.meaning,
            formula=formula,
            locked=locked,
            math=to_mathml(formula.tex, display=True),
            tex=expand(formula.tex),
            bibtex=bibtex(formula),
            checks=checks(formula),
            page=address_of(formula.page),
            function_url=_function_url(formula.implements) if formula.implements else None,
            version=version(),
            date=built_on().isoformat(),
        )
    )


def retired_page(locked: Locked) -> str:
    """The page at the address of an id that is used no more."""
    return str(
        _template().render(id=locked.id, meaning=locked.meaning, formula=None, locked=locked)
    )


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated files, and tell autorefs the addresses `eq:SE.2`."""
    formulas = all_formulas()
    exported = json.dumps(export(), ensure_ascii=False, indent=1) + "\n"
    files.append(File.generated(config, "formulas.json", content=exported))
    for id, locked in promises().items():
        page = retired_page(locked) if locked.retired else equation_page(formulas[id], locked)
        files.append(File.generated(config, f"eq/{id}/index.html", content=page))
        config.plugins["autorefs"].register_url(f"eq:{id}", f"eq/{id}/")  # type: ignore[attr-defined]
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Drop the empty anchor that autorefs appends to those addresses."""
    return re.sub(r'(href="[^"]*\beq/[A-Z]+\.\d+/)#"', r'\1"', output)
