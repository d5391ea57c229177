"""What readers take along from a formula: plain LaTeX, BibTeX, formulas.json, permanent pages."""

import copy
import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from math_core import LatexToMathML
from pybtex.database import parse_string

import lossref
from docs_ext import ROOT, DocsError, release
from docs_ext.equations import SEMANTICS, bibtex, checks
from docs_ext.exports import equation_page, export, retired_page
from docs_ext.formulas import FAMILIES, Formula, all_formulas, index_lines, parse
from docs_ext.lock import Locked, Retirement, Revision, load
from docs_ext.macros import MACROS, expand
from docs_ext.mathml import to_mathml
from docs_ext.release import built_on, site_url, version

FORMULAS = all_formulas()

# --- plain LaTeX --------------------------------------------------------------------------------

WITH_MACROS = LatexToMathML(macros=MACROS, annotation=False, fancy_error=False)
PLAIN = LatexToMathML(annotation=False, fancy_error=False)


@pytest.mark.parametrize("id", FORMULAS)
def test_the_copied_latex_needs_none_of_our_macros(id: str) -> None:
    """And it is the same formula: one MathML for both."""
    tex = FORMULAS[id].tex
    plain = expand(tex)
    shown = PLAIN.convert_all([(plain, True)])[0]
    assert not set(re.findall(r"\\([A-Za-z]+)", plain)) & MACROS.keys()
    with_macros = WITH_MACROS.convert_all([(tex, True)])[0]
    # an argument that is empty leaves an empty row
    assert shown == re.sub(r"<mrow>((?:(?!</?mrow).)*)<mrow></mrow></mrow>", r"\1", with_macros)


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"\pred", r"\hat{y}"),
        (r"\sigmoid(z)", r"\sigma(z)"),
        (r"\eps y", r"\varepsilon y"),
        (r"\grad_{\vz} \CE", r"\nabla_{\mathbf{z}} \ell_{\mathrm{CE}}"),
        (r"\vp^{\T}", r"\mathbf{p}^{\mathsf{T}}"),
        (r"\vp^\T", r"\mathbf{p}^{\mathsf{T}}"),
        (r"\norm{W_l}", r"{\lVert W_l\rVert}"),
        (r"\abs{\frac{a}{b}}", r"\left|\frac{a}{b}\right|"),
        (r"\dd{\SE}{p}", r"\frac{\partial \ell_{\mathrm{SE}}}{\partial p}"),
        (r"\dd fx", r"\frac{\partial f}{\partial x}"),
        (r"\KL{\vp}{\vq}", r"\operatorname{KL}(\mathbf{p}\,\Vert\,\mathbf{q})"),
        (r"\predict", r"\predict"),
        (r"a \\ b \, c", r"a \\ b \, c"),
    ],
)
def test_macros_are_written_out(tex: str, plain: str) -> None:
    assert expand(tex) == plain


@pytest.mark.parametrize("tex", [r"\abs", r"\dd{a}", r"\abs{a", r"\frac{\abs}{b}", r"\dd{a}{"])
def test_a_macro_without_its_arguments_is_rejected(tex: str) -> None:
    with pytest.raises(DocsError):
        expand(tex)


def test_inline_math_is_written_out_too() -> None:
    assert to_mathml(r"\vp", display=False) == to_mathml(r"\mathbf{p}", display=False)


# --- BibTeX -------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", FORMULAS)
def test_bibtex_is_read_as_it_was_meant(id: str) -> None:
    formula = FORMULAS[id]
    entries = parse_string(bibtex(formula), "bibtex").entries
    assert list(entries) == [f"lossref:{id}"]
    entry = entries[f"lossref:{id}"]
    assert [str(person) for person in entry.persons["author"]] == ["{The lossref authors}"]
    assert entry.fields["title"] == f"{{{formula.meaning}}}"
    assert entry.fields["howpublished"] == f"lossref {version()}, equation {id}"
    assert entry.fields["url"] == f"{site_url()}eq/{id}/"
    assert date.fromisoformat(entry.fields["note"]) == built_on()
    assert entry.fields["year"] == str(built_on().year)


def test_bibtex_escapes_what_is_special_there() -> None:
    formula = Formula("SE.1", "50 % of a & b_{1}", "x", None, "identity")
    title = parse_string(bibtex(formula), "bibtex").entries["lossref:SE.1"].fields["title"]
    assert title == r"{50 \% of a \& b\_\{1\}}"


# --- version and date ---------------------------------------------------------------------------


@pytest.fixture
def _fresh():
    built_on.cache_clear()
    yield
    built_on.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_the_date_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert built_on() == date(1970, 1, 2)


@pytest.mark.usefixtures("_fresh")
def test_the_date_of_an_archive_is_that_of_its_newest_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, time in [("old.md", 86400), ("new.md", 2 * 86400)]:
        (tmp_path / name).write_text("# x")
        os.utime(tmp_path / name, (time, time))
    monkeypatch.setattr(release, "ROOT", tmp_path)  # no repository there
    monkeypatch.setattr(release, "DOCS", tmp_path)
    assert built_on() == date(1970, 1, 3)


@pytest.mark.usefixtures("_fresh")
def test_a_broken_git_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def fails(*args: object, **options: object) -> None:
        raise subprocess.CalledProcessError(128, "git")

    monkeypatch.setattr(subprocess, "run", fails)
    assert built_on() >= date(2026, 1, 1)


# --- formulas.json ------------------------------------------------------------------------------

TEXT = {"type": "string", "minLength": 1}
VERSION = {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"}
ID = {"type": "string", "pattern": r"^[A-Z]{2,4}\.[1-9][0-9]*$"}


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: object, at_least: int = 0) -> dict[str, object]:
    return {"type": "array", "items": items, "minItems": at_least}


SCHEMA = _object(
    version=VERSION,
    date={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    license={"const": "CC-BY-4.0"},
    formulas=_list(
        {
            **_object(
                id=ID,
                meaning=TEXT,
                tex=TEXT,
                semantic_tex=TEXT,
                page={"type": "string", "pattern": r"^https://\S+/#[A-Z]+\.\d+$"},
                url={"type": "string", "pattern": r"^https://\S+/eq/[A-Z]+\.\d+/$"},
                function={"type": ["string", "null"], "pattern": r"^lossref\.[a-z_]+$"},
                statement={"type": ["string", "null"], "minLength": 1},
                checks=_list(_object(what=TEXT, by=TEXT), at_least=1),
                since=VERSION,
                revised=_list(_object(version=VERSION, reason=TEXT)),
            ),
            "oneOf": [  # a function computes it, or it says what kind of statement it is
                {"properties": {"function": {"type": "null"}}},
                {"properties": {"statement": {"type": "null"}}},
            ],
        },
        at_least=60,
    ),
    retired=_list(_object(id=ID, meaning=TEXT, since=VERSION, retired=VERSION, to=ID, reason=TEXT)),
)


def test_formulas_json() -> None:
    exported = export()
    jsonschema.validate(exported, SCHEMA)
    ids = [record["id"] for record in exported["formulas"]]
    assert sorted(ids) == sorted(FORMULAS)
    for record in exported["formulas"]:
        assert record["page"].endswith(f"#{record['id']}")
        assert record["url"].endswith(f"/{record['id']}/")
        if record["function"]:
            assert record["function"].removeprefix("lossref.") in lossref.__all__
        for check in record["checks"]:
            assert (ROOT / check["by"]).is_file(), f"{record['id']}: {check['by']}"


BROKEN_EXPORTS: dict[str, Callable[[dict], object]] = {
    "no version": lambda data: data.pop("version"),
    "a formula too few": lambda data: data.update(formulas=data["formulas"][:59]),
    "lower-case id": lambda data: data["formulas"][0].update(id="se.1"),
    "no TeX": lambda data: data["formulas"][0].update(tex=""),
    "relative URL": lambda data: data["formulas"][0].update(url="/eq/SE.1/"),
    "nothing checks it": lambda data: data["formulas"][0].update(checks=[]),
    "both function and kind": lambda data: data["formulas"][0].update(
        function="lossref.f", statement="identity"
    ),
    "neither": lambda data: data["formulas"][0].update(function=None, statement=None),
    "a name more": lambda data: data["formulas"][0].update(color="red"),
    "retired to nothing": lambda data: data.update(retired=[{"id": "SE.1"}]),
}


@pytest.mark.parametrize("case", BROKEN_EXPORTS)
def test_the_schema_rejects(case: str) -> None:
    data = copy.deepcopy(export())
    BROKEN_EXPORTS[case](data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_the_index_names_what_no_test_evaluates() -> None:
    lines = index_lines()
    rows = "\n".join(lines[lines.index("## Shown by a program { #unevaluated }") :])
    named = re.findall(r"^\| \[(.+?)\]\[\] .+? \| .+ \| \[.+\]\(snippets/.+\.py\) \|$", rows, re.M)
    assert named == [id for id, formula in FORMULAS.items() if formula.uncomputed]


def test_what_checks_a_formula() -> None:
    for id, formula in FORMULAS.items():
        found = checks(formula)
        assert found, id
        assert formula.uncomputed or found[0][1] in {SEMANTICS, f"snippets/{formula.instead}.py"}
    assert "tests/test_accuracy.py" in dict(map(reversed, checks(FORMULAS["SCE.5"])))
    assert "tests/test_derivatives.py" in dict(map(reversed, checks(FORMULAS["SCE.5"])))
    assert checks(FORMULAS["OPT.12"])[0][0].startswith("not evaluated")


# --- permanent pages ----------------------------------------------------------------------------


def test_a_permanent_page_shows_the_formula() -> None:
    page = equation_page(FORMULAS["SCE.5"], load()["SCE.5"])
    for part in (
        "<math",
        "../../losses/softmax-cross-entropy/#SCE.5",
        "api/#lossref.cross_entropy.softmax_cross_entropy_grad",
        "@misc{lossref:SCE.5",
        r"\nabla_{\mathbf{z}}",
        "Since",
    ):
        assert part in page
    assert "<script" not in page


def test_a_revised_formula_says_what_was_improved() -> None:
    locked = Locked("SE.2", "0.1.0", "0" * 12, "m", [Revision("0.2.0", "1" * 12, "A <sign>")])
    page = equation_page(FORMULAS["SE.2"], locked)
    assert "Revised in 0.2.0" in page
    assert "A &lt;sign&gt;" in page


def test_a_retired_id_leads_on() -> None:
    locked = Locked("SE.99", "0.1.0", "0" * 12, "m", [], Retirement("0.2.0", "SE.2", "Same as it"))
    page = retired_page(locked)
    assert '<a href="../SE.2/">SE.2</a>' in page
    assert "Same as it" in page


def test_a_formula_of_no_family_is_rejected() -> None:
    with pytest.raises(DocsError, match="family"):
        parse("XYZ.1", ["check: c", "meaning: m", "---", "x"])
    assert {id.split(".")[0] for id in FORMULAS} == FAMILIES.keys()
