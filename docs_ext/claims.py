r"""The claims register: docs/claims/claims.toml, its page and its export.

A claim in the file:

    [[claim]]
    id = "A1"                     # permanent: the anchor, never renumbered
    said = "A"                    # a [[place]] of the file, or a key of references.bib
    quote = "..."                 # the words of the source, at most a sentence; or
    claim = "..."                 # what it says, in our words; words in “ ” are quoted
    secondhand = true             # quoted words are from notes of a reading, not compared again
    verdict = "misleading"        # one of VERDICTS
    loss = "ce"                   # "ce", "mse" or "both"
    statement = "..."             # what holds, precisely; Markdown
    conditions = "..."            # under which conditions; Markdown, may be left out
    sources = ["GR07"]            # keys of references.bib
    evidence = ["SE.18", "snippet gradients/races", "experiment noise", "walkthrough digits"]

`{{ claims }}` on a page shows them all, in their order; tests/test_evidence.py asserts each verdict
with the evidence that the claim names. The build exports them as claims.json.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_ext import DOCS, SNIPPETS, DocsError
from docs_ext.citations import entries
from docs_ext.cite import cite_this, part_entry, without_markdown
from docs_ext.experiments import names as experiments
from docs_ext.formulas import ID as FORMULA
from docs_ext.formulas import all_formulas
from docs_ext.pages import address_of
from docs_ext.release import site_url
from docs_ext.values import value

if TYPE_CHECKING:  # its Markdown can be had without MkDocs
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

CLAIMS = DOCS / "claims" / "claims.toml"
PAGE = "claims/"
VERDICTS = ("correct", "correct with conditions", "misleading", "wrong", "contested")
LOSSES = {"ce": "cross-entropy", "mse": "squared error", "both": "both losses"}
QUOTE_WORDS = 32  # a sentence, not a passage

ID = re.compile(r"[ABC][1-9][0-9]?")  # F, G, S and W are exercises
_TEXTS = ("quote", "claim", "statement", "conditions")
_KEYS = {"id", "said", "verdict", "loss", "sources", "evidence", "secondhand", *_TEXTS}
_REQUIRED = {"id", "said", "verdict", "loss", "statement", "sources", "evidence"}


@dataclass(frozen=True)
class Place:
    """Where claims are made."""

    id: str
    title: str
    url: str
    date: str
    heading: str


@dataclass(frozen=True)
class Claim:
    """One claim and what holds."""

    id: str
    said: str
    verdict: str
    loss: str
    statement: str
    sources: tuple[str, ...]
    evidence: tuple[str, ...]
    quote: str = ""
    claim: str = ""
    conditions: str = ""
    secondhand: bool = False

    @property
    def wording(self) -> str:
        """Whose the words of the claim are, for programs."""
        if self.secondhand:
            return "quoted from notes, not compared with the source"
        return "quoted" if self.quote else "ours"

    @property
    def title(self) -> str:
        """The claim as a heading shows it: quoted words in quotation marks."""
        return f"“{self.quote}”" if self.quote else self.claim


@dataclass(frozen=True)
class Register:
    """The whole file."""

    places: dict[str, Place] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)


def _strings(table: dict[str, Any], keys: set[str], where: str) -> None:
    for key in keys & table.keys():
        if not isinstance(table[key], str) or not table[key].strip():
            raise DocsError(f"{where}: {key} is not a text")


def _place(table: dict[str, Any]) -> Place:
    where = f"place {table.get('id')!r}"
    if table.keys() != {"id", "title", "url", "date", "heading"}:
        raise DocsError(f"{where}: needs id, title, url, date and heading")
    _strings(table, set(table), where)
    if not re.match(r"https://", table["url"]):
        raise DocsError(f"{where}: {table['url']!r} is not a full address")
    return Place(**table)


def _evidence(item: str, where: str) -> None:
    kind, _, name = item.partition(" ")
    if FORMULA.fullmatch(item):
        known = item in all_formulas()
    elif kind == "snippet":
        known = (SNIPPETS / f"{name}.py").is_file()
    elif kind == "experiment":
        known = name in experiments()
    elif kind == "walkthrough":
        known = (DOCS / "walkthroughs" / f"{name}.py").is_file()
    else:
        raise DocsError(
            f"{where}: {item!r} is not a formula id, a snippet, an experiment or a walkthrough"
        )
    if not known:
        raise DocsError(f"{where}: there is no {item}")


def _claim(table: dict[str, Any], places: dict[str, Place]) -> Claim:
    where = f"claim {table.get('id')!r}"
    if missing := _REQUIRED - table.keys():
        raise DocsError(f"{where}: {sorted(missing)} missing")
    if unknown := table.keys() - _KEYS:
        raise DocsError(f"{where}: does not know {sorted(unknown)}")
    _strings(table, _KEYS - {"sources", "evidence", "secondhand"}, where)
    if not ID.fullmatch(table["id"]):
        raise DocsError(f"{where}: an id looks like A7")
    if ("quote" in table) == ("claim" in table):
        raise DocsError(f"{where}: needs either the words of the source or a summary")
    if table.get("secondhand", True) is not True:
        raise DocsError(f"{where}: secondhand is true or left out")
    if "secondhand" in table and "“" not in table.get("claim", "“"):
        raise DocsError(f"{where}: secondhand, but it quotes nothing")
    if "“" in table.get("claim", "") and "secondhand" not in table:
        raise DocsError(f"{where}: words quoted in a summary are secondhand; else use quote")
    if len(table.get("quote", "").split()) > QUOTE_WORDS:
        raise DocsError(f"{where}: the quotation is longer than {QUOTE_WORDS} words")
    if table["verdict"] not in VERDICTS:
        raise DocsError(f"{where}: {table['verdict']!r} is not a verdict")
    if table["verdict"] == "correct with conditions" and "conditions" not in table:
        raise DocsError(f"{where}: correct with conditions, but with which?")
    if table["loss"] not in LOSSES:
        raise DocsError(f"{where}: {table['loss']!r} is not a loss")
    if table["said"] not in places and table["said"] not in entries():
        raise DocsError(f"{where}: said in {table['said']!r}, which is neither place nor reference")
    for name in ("sources", "evidence"):
        found = table[name]
        if (
            not isinstance(found, list)
            or not found
            or not all(isinstance(item, str) for item in found)
        ):
            raise DocsError(f"{where}: {name} is not a list of texts with at least one entry")
        if len(set(found)) != len(found):
            raise DocsError(f"{where}: {name} names something twice")
    for key in table["sources"]:
        if key not in entries():
            raise DocsError(f"{where}: no entry {key} in docs/references.bib")
    for item in table["evidence"]:
        _evidence(item, where)
    texts = {name: " ".join(table[name].split()) for name in _TEXTS if name in table}
    lists = {name: tuple(table[name]) for name in ("sources", "evidence")}
    return Claim(**{**table, **texts, **lists})


def parse(text: str) -> Register:
    """Read the register; every mistake is a DocsError that names the claim."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DocsError(f"claims.toml: {error}") from None
    if data.keys() != {"place", "claim"}:
        raise DocsError("claims.toml: needs [[place]] and [[claim]] tables, and nothing else")
    register = Register()
    for table in data["place"]:
        place = _place(table)
        if place.id in register.places:
            raise DocsError(f"place {place.id!r} is there twice")
        register.places[place.id] = place
    for table in data["claim"]:
        claim = _claim(table, register.places)
        if claim.id in register.claims:
            raise DocsError(f"claim {claim.id!r} is there twice")
        register.claims[claim.id] = claim
    return register


@cache
def _read(modified: float) -> Register:
    return parse(CLAIMS.read_text(encoding="utf-8"))


def register() -> Register:
    """The committed register."""
    return _read(CLAIMS.stat().st_mtime)


@cache
def _shown(pages: tuple[tuple[Path, float], ...]) -> dict[tuple[str, str], str]:
    """(kind, name) of what pages include -> page and nearest explicit anchor; the first counts."""
    found: dict[tuple[str, str], str] = {}
    for path, _ in pages:
        anchor = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if heading := re.match(r"#{2,6} .*\{ #([\w-]+) \}$", line):
                anchor = f"#{heading[1]}"
            elif include := re.match(r"\{\{ (snippet|output|table|figure) (\S+)[ }]", line):
                folder, _, name = include[2].partition("/")
                key = ("experiment", name) if folder == "experiments" else ("snippet", include[2])
                found.setdefault(key, f"{path.relative_to(DOCS).as_posix()}{anchor}")
    return found


def evidence_link(item: str) -> tuple[str, str]:
    """What a piece of evidence is called, and where it is shown (empty for a formula)."""
    kind, _, name = item.partition(" ")
    if not name:
        return item, ""
    if kind == "walkthrough":
        return f"walkthrough {name}", f"walkthroughs/{name}.ipynb"
    shown = _shown(tuple((path, path.stat().st_mtime) for path in sorted(DOCS.rglob("*.md"))))
    if (kind, name) not in shown:
        raise DocsError(f"evidence {item!r} of a claim is on no page")
    return f"{'program' if kind == 'snippet' else kind} {name}", shown[kind, name]


def _slug(text: str) -> str:
    return text.replace(" ", "-")


def _linked(item: str) -> str:
    label, target = evidence_link(item)
    return f"[{label}](../{target})" if target else f"[{label}][]"


_NOTES = " · quoted from our notes, not compared with the page again"


def _section(claim: Claim, places: dict[str, Place]) -> list[str]:
    place = places.get(claim.said)
    said = f"[article {place.id}]({place.url})" if place else f"[@{claim.said}]"
    lines = [
        f'<section class="claim" data-verdict="{_slug(claim.verdict)}" data-loss="{claim.loss}"'
        " markdown>",
        "",
        f"### {claim.id}: {claim.title} {{ #{claim.id} }}",
        "",
        f'<p class="claim-facts" markdown><strong class="verdict">{claim.verdict}</strong>'
        f" · about {LOSSES[claim.loss]} · said in {said}{_NOTES if claim.secondhand else ''}</p>",
        "",
        claim.statement,
        "",
    ]
    if claim.conditions:
        lines += [f"*Conditions:* {claim.conditions}", ""]
    lines += [
        f"*Evidence:* {', '.join(map(_linked, claim.evidence))}; asserted by `test_{claim.id}`.  ",
        f"*Sources:* [{'; '.join(f'@{key}' for key in claim.sources)}].",
        "",
        cite_this(bibtex(claim), f"claim {claim.id}"),
        "",
        "</section>",
        "",
    ]
    return lines


def bibtex(claim: Claim) -> str:
    """The entry for one claim: its words and the verdict."""
    title = f"{without_markdown(claim.title)}: {claim.verdict}"
    return part_entry("claim", claim.id, title, f"{site_url()}{PAGE}#{claim.id}")


def _options(name: str, legend: str, options: dict[str, str]) -> list[str]:
    inputs = [
        f'<label><input type="radio" name="{name}" id="{name}-{slug}" autocomplete="off"'
        f"{' checked' if slug == 'all' else ''}> {label}</label>"
        for slug, label in options.items()
    ]
    return ["<fieldset>", f"<legend>{legend}</legend>", *inputs, "</fieldset>"]


def markdown() -> list[str]:
    """The register as the lines of a page: filter, then the claims place by place."""
    found = register()
    claims = found.claims.values()
    verdicts = {"all": f"all ({len(claims)})"} | {
        _slug(verdict): f"{verdict} ({sum(c.verdict == verdict for c in claims)})"
        for verdict in VERDICTS
    }
    losses = {"all": "either", "ce": "cross-entropy", "mse": "squared error"}
    lines = [
        '<form class="claims-filter">',
        *_options("verdict", "Verdict", verdicts),
        *_options("loss", "Loss", losses),
        "</form>",
        "",
    ]
    heading = ""
    for claim in claims:
        place = found.places.get(claim.said)
        now = place.heading if place else "Said elsewhere"
        if now != heading:
            lines += [f"## {now}", ""]
            heading = now
        lines += _section(claim, found.places)
    return lines


def tally() -> list[str]:
    """How many claims of each place have which verdict, as a Markdown table."""
    found = register()
    groups: dict[str, list[Claim]] = {}
    for claim in found.claims.values():
        place = f"Article {claim.said}" if claim.said in found.places else "Elsewhere"
        groups.setdefault(place, []).append(claim)
    lines = [f"| Verdict | {' | '.join(groups)} |", "|---|" + "---:|" * len(groups)]
    for verdict in VERDICTS:
        counts = [str(sum(c.verdict == verdict for c in claims)) for claims in groups.values()]
        lines.append(f"| {verdict} | {' | '.join(counts)} |")
    return lines


def as_json(site_url: str) -> str:
    """The register for other programs."""
    found = register()

    def address(item: str) -> str:
        label, target = evidence_link(item)
        if not target:
            formula = all_formulas()[label]
            target = f"{formula.page}#{label}"
        page, _, anchor = target.partition("#")
        return f"{site_url}{address_of(page)}{'#' if anchor else ''}{anchor}"

    def plain(text: str) -> str:
        return re.sub(r"\{\{ (\w+) \}\}", lambda match: value(match[1]), text)

    def said(claim: Claim) -> dict[str, str]:
        place = found.places.get(claim.said)
        return {"title": place.title, "url": place.url} if place else {"reference": claim.said}

    rows = [
        {
            "id": claim.id,
            "url": f"{site_url}{PAGE}#{claim.id}",
            "quote" if claim.quote else "claim": claim.quote or claim.claim,
            "wording": claim.wording,
            "said": said(claim),
            "verdict": claim.verdict,
            "loss": claim.loss,
            "statement": plain(claim.statement),
            "conditions": plain(claim.conditions),
            "sources": list(claim.sources),
            "evidence": [{"name": item, "url": address(item)} for item in claim.evidence],
            "bibtex": bibtex(claim),
        }
        for claim in found.claims.values()
    ]
    return json.dumps({"verdicts": VERDICTS, "claims": rows}, ensure_ascii=False, indent=1) + "\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """MkDocs hook: export claims.json; the source file is no page."""
    from mkdocs.structure.files import File

    if source := files.get_file_from_path("claims/claims.toml"):
        files.remove(source)
    site_url = (config.site_url or "").rstrip("/") + "/"
    files.append(File.generated(config, "claims.json", content=as_json(site_url)))
    return files
