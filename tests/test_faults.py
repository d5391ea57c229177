"""The table of seeded faults and the record of what noticed them; a few are seeded here.

`make mutants` seeds them all.
"""

import copy
import re
import runpy
from dataclasses import replace

import pytest

from docs_ext import ROOT, DocsError
from docs_ext.mutants import (
    Bench,
    Fault,
    commands,
    counts,
    disagreements,
    entry,
    families,
    faults,
    parse,
    reason,
    record,
    run,
    table,
)

QUICK = {fault.key: fault for fault in faults() if fault.quick}


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.key)
def test_a_fault_has_its_place(fault: Fault) -> None:
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    assert fault.old in text, f"{fault.file} has changed: this fault needs another place"
    assert commands(fault.gate)
    for word in fault.gate.replace('"', "").split():
        if word.startswith(("tests/", "lossref/")):
            assert (ROOT / word.partition("::")[0]).exists(), f"no gate {word}"


def test_table_and_record_agree() -> None:
    found = disagreements(faults(), record())
    assert not found, "`make mutants ARGS='--record FAULT'` seeds it:\n" + "\n".join(found)


def test_there_are_faults_of_every_kind() -> None:
    assert len(faults()) >= 130
    assert min(count["seeded"] for count in record()["counts"].values()) >= 2
    assert record()["counts"].keys() == families().keys()


# --- some of them, seeded -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"), workers=1, caches=())


@pytest.mark.parametrize("key", QUICK)
def test_a_fault_is_caught(bench: Bench, key: str) -> None:
    assert bench.attempt(QUICK[key]), f"{QUICK[key].gate} does not notice it"


def test_a_red_gate_is_found_before_it_notices_anything(bench: Bench) -> None:
    gate = "tests/test_readme.py"
    assert not bench.red_without_fault(gate)
    assert "no_such_test" in bench.red_without_fault(f"{gate}::no_such_test")
    assert "red without a fault" in bench.red_without_fault(f"{gate} -k no_such_test")


def test_a_gate_without_an_end_is_red(bench: Bench, monkeypatch) -> None:
    monkeypatch.setattr("docs_ext.mutants.PATIENCE", 0.01)
    code, words = run("tests/test_readme.py", bench.trees.queue[0])
    assert code
    assert words == "tests/test_readme.py has not ended after 0.01 s"


def test_a_fault_is_taken_out_again(bench: Bench) -> None:
    fault = next(iter(QUICK.values()))
    tree = bench.trees.queue[0]
    before = (tree / fault.file).read_text(encoding="utf-8")
    fault.put_in(tree)()
    assert (tree / fault.file).read_text(encoding="utf-8") == before
    with pytest.raises(DocsError, match="needs another place"):
        replace(fault, old="no such text").put_in(tree)


# --- what is no table, no record, no reason -----------------------------------------------------

GOOD = """
[families]
claims = "claims"

[[claims]]
name = "verdict"
file = "docs/claims/claims.toml"
old = "wrong"
new = "right"
gate = "tests/test_evidence.py"
says = "test_A3"
"""
BAD_TABLES = {
    "unknown field": ('says = "test_A3"', 'says = "test_A3"\ncolor = "red"', "color"),
    "no gate": ('gate = "tests/test_evidence.py"\n', "", "gate"),
    "nothing changed": ('"right"', '"wrong"', "changes nothing"),
    "put anywhere": ('old = "wrong"', 'old = ""', "changes nothing"),
    "any words will do": ('"test_A3"', '""', "what does the gate say"),
    "family without a name": ('claims = "claims"', "", "families"),
    "family without a fault": ("[families]", '[families]\ntheme = "theme"', "families"),
    "twice": ("[[claims]]", "TWICE", "twice"),
}
FAULT = parse(GOOD)[0]


@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_bad_table_is_rejected(case: str) -> None:
    old, new, says = BAD_TABLES[case]
    row = GOOD.partition("[[claims]]")[2]
    with pytest.raises(DocsError, match=says):
        parse(GOOD.replace(old, f"[[claims]]{row}\n[[claims]]" if new == "TWICE" else new, 1))


@pytest.mark.parametrize("gate", ["make test", "tests", "docs/index.md", "rm -r tests"])
def test_what_is_no_gate_is_rejected(gate: str) -> None:
    assert commands("tests/test_lock.py -k meaning")
    with pytest.raises(DocsError, match="no gate"):
        commands(gate)


CAUGHT = {**entry(FAULT, None), "caught by": "test_A3", "message": "wrong", "date": "2026-11-21"}
RECORD = {"counts": counts([CAUGHT]), "faults": [CAUGHT]}
BAD_RECORDS = {
    "never seeded": lambda kept: kept.update(faults=[], counts={}),
    "seeded otherwise": lambda kept: kept["faults"][0].update(old="false"),
    "verdict was seeded otherwise": lambda kept: kept["faults"][0].pop("date"),
    "nothing says why": lambda kept: (
        kept["faults"][0].pop("caught by"),
        kept.update(counts=counts(kept["faults"])),
    ),
    "does not say what noticed it": lambda kept: kept["faults"][0].update(message=""),
    "in the record alone": lambda kept: kept["faults"].append(CAUGHT | {"name": "other"}),
    "counts": lambda kept: kept["counts"]["claims"].update(caught=2),
}


@pytest.mark.parametrize("says", BAD_RECORDS)
def test_a_record_that_does_not_belong_to_the_table_is_found(says: str) -> None:
    assert not disagreements([FAULT], RECORD)
    kept = copy.deepcopy(RECORD)
    BAD_RECORDS[says](kept)
    assert any(says in found for found in disagreements([FAULT], kept))


def test_a_reason_to_survive_is_for_survivors() -> None:
    found = disagreements([replace(FAULT, survives="It is equivalent.")], RECORD)
    assert found == ["claims: verdict is caught: it has no reason to survive"]


RED = "E   AssertionError: wrong\nFAILED tests/test_evidence.py::test_A3 - AssertionError: wrong\n"


@pytest.mark.parametrize(
    ("code", "words", "caught"),
    [
        (1, RED, ("tests/test_evidence.py::test_A3", "AssertionError: wrong")),
        (0, RED, None),
        (1, RED.replace("test_A3", "test_A4"), None),
        (1, f"E   ImportError: no x\n{RED}", None),
        (4, f"\nERROR: not found: test_A3\n{RED}", None),
        (1, "test_A3: the build stops", ("tests/test_evidence.py", "test_A3: the build stops")),
    ],
)
def test_the_right_reason(code: int, words: str, caught: tuple[str, str] | None) -> None:
    assert reason(FAULT, code, words) == caught


def test_an_unknown_table_is_rejected() -> None:
    with pytest.raises(DocsError, match="no table"):
        table("all")


def test_gates_of_the_picture_are_those_of_ci() -> None:
    gates = runpy.run_path(str(ROOT / "snippets/how-it-stays-true/flow.py"), run_name="x")["GATES"]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    run = [line.split()[1] for line in ci.splitlines() if line.startswith("make ")]
    assert [gate for gate in run if gate in gates] == [g for g in gates if g != "site"]
    page = (ROOT / "docs" / "how-it-stays-true.md").read_text(encoding="utf-8")
    for gate in [*gates, "mutants"]:
        assert f"`make {gate}`" in page
    for path in re.findall(r"/(?:blob|tree)/main/([^)#]+)", page):
        assert (ROOT / path).exists(), path
