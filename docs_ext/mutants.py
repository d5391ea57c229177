"""Seeded faults: one at a time in a copy of the repository, to see the ordinary gates turn red.

`tests/mutants.toml` lists the faults, each with the gate that must notice it; `make mutants` puts
them in and writes what happened to `tests/mutants.json`, from which the page draws its tables.
(mutmut and cosmic-ray change Python alone, and ask only whether the tests fail. Most of what can be
wrong here is no Python, and a gate that is red for another reason has noticed nothing.)

A gate is one of:

    build                      the strict build of the site
    site tests/test_x.py ...   the build, then these tests, which read the built site
    walkthrough NAME           one walkthrough is executed, as the build does
    experiments NAME           every seed of one experiment, as make experiments does
    ruff, mypy                 the two halves of make lint
    tests/test_x.py ...        pytest, with these arguments

A fault is caught if the gate is green without it, red with it, and says the words of `says`.
"""

import argparse
import json
import os
import queue
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docs_ext import ROOT, DocsError

TABLE = ROOT / "tests" / "mutants.toml"
RECORD = TABLE.with_suffix(".json")
NOT_COPIED = (".git", ".venv*", ".cache", ".*_cache", ".hypothesis", ".coverage*", "__pycache__",
              "site", "pages", "dist")  # fmt: skip
CACHES = ("cards", "explorers", "figures", "walkthroughs")  # without them a build takes minutes
PYODIDE = Path(os.environ.get("PYODIDE_DIR", ROOT / ".cache" / "pyodide"))
PATIENCE = 900  # seconds for one gate


@dataclass(frozen=True)
class Fault:
    """A plausible slip: `old` in `file` becomes `new`, and `gate` must say `says`."""

    family: str
    name: str
    file: str
    old: str
    new: str
    gate: str
    says: str
    quick: bool = False  # also seeded by make test
    survives: str = ""  # why nothing can notice it
    told: str = ""  # what the page tells about it

    @property
    def key(self) -> str:
        """Its name in the record."""
        return f"{self.family}: {self.name}"

    def put_in(self, tree: Path) -> Callable[[], object]:
        """Change the file, and return what undoes it."""
        path = tree / self.file
        text = path.read_text(encoding="utf-8")
        if self.old not in text:
            raise DocsError(f"{self.key}: {self.file} has changed, the fault needs another place")
        path.write_text(text.replace(self.old, self.new, 1), encoding="utf-8")
        return lambda: path.write_text(text, encoding="utf-8")


def parse(text: str) -> list[Fault]:
    """The faults of a table; a malformed one is an error."""
    found: dict[str, Fault] = {}
    table = tomllib.loads(text)
    families = table.pop("families", {})
    if families.keys() != table.keys():
        raise DocsError(f"families are named and used: {families.keys() ^ table.keys()}")
    for family, rows in table.items():
        for row in rows:
            try:
                fault = Fault(family=family, **row)
            except TypeError as error:
                raise DocsError(f"{family}: {row.get('name', row)}: {error}") from None
            if fault.old == fault.new or not fault.old:
                raise DocsError(f"{fault.key} changes nothing")
            if not fault.says:
                raise DocsError(f"{fault.key}: what does the gate say?")
            if fault.key in found:
                raise DocsError(f"{fault.key} is there twice")
            found[fault.key] = fault
    return list(found.values())


def families() -> dict[str, str]:
    """The families, and what is wrong in them, for the page."""
    return dict(tomllib.loads(TABLE.read_text(encoding="utf-8"))["families"])


@cache
def faults() -> tuple[Fault, ...]:
    """The table of the repository."""
    return tuple(parse(TABLE.read_text(encoding="utf-8")))


# --- the run ------------------------------------------------------------------------------------


def copy_tree(target: Path, caches: Iterable[str] = CACHES) -> Path:
    """A copy of the repository to put faults in."""
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
    (target / ".cache").mkdir()
    for name in caches:
        if (ROOT / ".cache" / name).is_dir():
            shutil.copytree(ROOT / ".cache" / name, target / ".cache" / name)
    return target


PYTEST = ["-m", "pytest", "-q", "-x", "-rfE", "--tb=short", "-p", "no:cacheprovider"]
BUILD = ["-m", "mkdocs", "build", "--strict"]
WALK = "from docs_ext import DOCS, notebooks; notebooks.executed(DOCS / 'walkthroughs' / '{}.py')"


def commands(gate: str) -> list[list[str]]:
    """The arguments of Python, of one command after the other."""
    first, *rest = shlex.split(gate)
    if first == "build":
        return [BUILD]
    if first == "site":
        return [BUILD, [*PYTEST, *rest]]
    if first == "walkthrough":
        return [["-c", WALK.format(rest[0])]]
    if first == "experiments":
        return [["-m", "docs_ext.experiments", *rest]]
    if first == "ruff":
        # without git these are not left out
        here = ["--no-cache", "--extend-exclude", ".cache,site", "."]
        return [["-m", "ruff", "check", *here], ["-m", "ruff", "format", "--check", *here]]
    if first == "mypy":
        return [["-m", "mypy", "--cache-dir=/dev/null"]]
    if not first.startswith(("tests/", "lossref/")):
        raise DocsError(f"there is no gate {gate!r}")
    return [[*PYTEST, first, *rest]]


def run(gate: str, tree: Path, built: bool = False) -> tuple[int, str]:
    """Exit code and words of the gate in that copy: of its first command that fails, or the last.

    `built` says that the site of the copy is what its files make: no need to build it again.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTEST", "CI"))}
    kept |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": ""}
    kept |= {"COLUMNS": "400", "OMP_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "1"}
    kept |= {"REQUIRE_BROWSER": "1", "PYODIDE_DIR": str(PYODIDE)}  # a test that is skipped is red
    code, words = 0, ""
    for command in commands(gate):
        if command == BUILD and built:
            continue
        try:
            done = subprocess.run(
                [sys.executable, *command],
                cwd=tree,
                env=kept,
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            return 1, f"{gate} has not ended after {PATIENCE} s"
        code, words = done.returncode, (done.stdout + done.stderr).replace(str(tree), "")
        if code:
            break
    return code, words


def reason(fault: Fault, code: int, words: str) -> tuple[str, str] | None:
    """Which check noticed the fault, and what it said first; None if it went unnoticed.

    A gate may be red for another reason: a test that is not there, an import that fails, a
    message about something else.
    """
    if not code or fault.says not in words or "ImportError" in words or "\nERROR: " in words:
        return None
    said = [line.strip() for line in words.splitlines() if fault.says in line]
    test = re.search(r"^(?:FAILED|ERROR) (\S+?(?:\[.*?\])?)(?: - .*)?$", words, re.MULTILINE)
    if test:
        errors = [line[1:].strip() for line in words.splitlines() if line.startswith("E  ")]
        if doctest := re.search(r"^Expected:\n +(.*)\nGot:\n +(.*)$", words, re.MULTILINE):
            errors.append(f"Expected: {doctest[1]} Got: {doctest[2]}")
        errors = [e for e in errors if not e.endswith("Error:") and not e.startswith("+")]
        said = [line for line in errors if fault.says in line] or errors or said
    own = rf"{re.escape(tempfile.gettempdir())}\S*/| at 0x[0-9a-f]+"  # of this run alone
    return (test[1] if test else fault.gate), re.sub(own, "", said[0])[:200]


def attempt(fault: Fault, tree: Path) -> tuple[str, str] | None:
    """Put the fault in, run its gate, take it out."""
    undo = fault.put_in(tree)
    try:
        return reason(fault, *run(fault.gate, tree))
    finally:
        undo()


class Bench:
    """Copies of the repository, one for each worker, and what is done in them."""

    def __init__(self, folder: Path, workers: int, caches: Iterable[str] = CACHES) -> None:
        self.trees: queue.Queue[Path] = queue.Queue()
        self.built: set[Path] = set()  # their site is that of the repository
        for number in range(workers):
            self.trees.put(copy_tree(folder / str(number), caches))

    def red_without_fault(self, gate: str) -> str:
        """What a gate says that is red anyway, and so notices nothing; or that has no test."""
        tree = self.trees.get()
        try:
            code, words = run(gate, tree, built=tree in self.built)
            if not code and BUILD in commands(gate):
                self.built.add(tree)
        finally:
            self.trees.put(tree)
        return f"{gate} is red without a fault:\n{words[-3000:]}" if code else ""

    def attempt(self, fault: Fault) -> tuple[str, str] | None:
        """Put the fault in, run its gate, take it out."""
        tree = self.trees.get()
        try:
            return attempt(fault, tree)
        finally:
            self.trees.put(tree)


def slow(gate: str) -> bool:
    """Gates to begin with, so that no worker is left alone with one."""
    return gate.startswith(("site", "build", "walkthrough"))


def seed(
    chosen: list[Fault], workers: int, tell: Callable[[Fault, tuple[str, str] | None], object]
) -> list[str]:
    """Seed the faults and tell what noticed each; return the gates that were red without one."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        bench = Bench(Path(folder), workers)
        gates = sorted({fault.gate for fault in chosen}, key=slow, reverse=True)
        print(f"{len(gates)} gates without a fault", flush=True)
        says = dict(zip(gates, pool.map(bench.red_without_fault, gates), strict=True))
        for gate in filter(says.get, gates):
            print(says[gate], file=sys.stderr, flush=True)
        able = [fault for fault in chosen if not says[fault.gate]]
        able.sort(key=lambda fault: slow(fault.gate), reverse=True)
        running = {pool.submit(bench.attempt, fault): fault for fault in able}
        for done in as_completed(running):
            tell(running[done], done.result())
    return [gate for gate in gates if says[gate]]


# --- the record ---------------------------------------------------------------------------------


def entry(fault: Fault, caught: tuple[str, str] | None) -> dict[str, str]:
    """What the record keeps of a fault."""
    change = {"family": fault.family, "name": fault.name, "file": fault.file}
    change |= {"old": fault.old, "new": fault.new, "gate": fault.gate}
    return change | ({"caught by": caught[0], "message": caught[1]} if caught else {})


def counts(entries: Iterable[dict[str, str]]) -> dict[str, dict[str, int]]:
    """Seeded and caught faults of each family."""
    entries = list(entries)
    caught = Counter(row["family"] for row in entries if "caught by" in row)
    seeded = Counter(row["family"] for row in entries)
    return {name: {"seeded": n, "caught": caught[name]} for name, n in seeded.items()}


@cache
def record() -> dict[str, Any]:
    """The result of the last run."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def write(found: dict[str, tuple[str, str] | None]) -> None:
    """Write what was found now; what was not seeded now stays as it was."""
    before = json.loads(RECORD.read_text(encoding="utf-8"))["faults"] if RECORD.exists() else []
    rows = {f"{row['family']}: {row['name']}": row for row in before}
    today = {"date": date.today().isoformat()}
    rows |= {f.key: entry(f, found[f.key]) | today for f in faults() if f.key in found}
    kept = [rows[fault.key] for fault in faults() if fault.key in rows]
    data = {"counts": counts(kept), "faults": kept}
    RECORD.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def disagreements(table: Iterable[Fault], kept: dict[str, Any]) -> list[str]:
    """Where table and record do not fit together, and survivors without a reason."""
    found = []
    rows = {f"{row['family']}: {row['name']}": row for row in kept["faults"]}
    for fault in table:
        row = rows.pop(fault.key, None)
        if row is None:
            found.append(f"{fault.key} was never seeded")
        elif entry(fault, None).items() - row.items() or "date" not in row:
            found.append(f"{fault.key} was seeded otherwise")
        elif "caught by" not in row and not fault.survives:
            found.append(f"{fault.key} survives, and nothing says why")
        elif "caught by" in row and fault.survives:
            found.append(f"{fault.key} is caught: it has no reason to survive")
        elif "caught by" in row and not (row["caught by"] and row.get("message")):
            found.append(f"{fault.key}: the record does not say what noticed it")
    found += [f"{key} is in the record alone" for key in rows]
    if kept["counts"] != counts(kept["faults"]):
        found.append("the counts are not those of the faults")
    return found


# --- the page -----------------------------------------------------------------------------------


def _code(text: str) -> str:
    """Code in a cell of a table: one line, whatever it holds."""
    text = " ".join(text.split()).replace("|", "\\|") or "nothing"
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _families() -> list[str]:
    lines = ["| What is wrong | Seeded | Caught | For example |", "| --- | ---: | ---: | --- |"]
    first = {row["family"]: row["name"] for row in reversed(record()["faults"])}
    for name, count in record()["counts"].items():
        cells = [families()[name], str(count["seeded"]), str(count["caught"]), first[name]]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _survivors() -> list[str]:
    lines = ["| Fault | Change | Why it stays |", "| --- | --- | --- |"]
    return lines + [
        f"| {fault.name} | {_code(fault.old)} → {_code(fault.new)} | {fault.survives} |"
        for fault in faults()
        if fault.survives
    ]


def _told() -> list[str]:
    lines = []
    rows = {f"{row['family']}: {row['name']}": row for row in record()["faults"]}
    for fault in (fault for fault in faults() if fault.told and fault.key in rows):
        row = rows[fault.key]
        lines += [f"**{fault.name[0].upper()}{fault.name[1:]}.** {fault.told}", ""]
        lines += [f'```diff title="{fault.file}"', f"- {fault.old}", f"+ {fault.new}", "```", ""]
        lines += [f"`{row['caught by']}` answers:", "", "```text", row["message"], "```", ""]
    return lines


TABLES = {"families": _families, "survivors": _survivors, "told": _told}


def table(part: str) -> list[str]:
    """What was recorded, as Markdown for the page."""
    if part not in TABLES:
        raise DocsError(f"there is no table mutants/{part}")
    return TABLES[part]()


def values() -> tuple[str, str]:
    """Numbers for the prose, as `docs_ext.values` reads them."""
    kept = record()
    caught = sum(count["caught"] for count in kept["counts"].values())
    day = date.fromisoformat(min(row["date"] for row in kept["faults"]))
    found = {
        "mutants_seeded": len(kept["faults"]),
        "mutants_caught": caught,
        "mutants_date": f"{day:%B} {day.day}, {day.year}",
    }
    return RECORD.name, "\n".join(f"{key} = {text}" for key, text in found.items())


def main(arguments: list[str]) -> int:
    """Seed the faults; 1 if one survives without a reason."""
    parser = argparse.ArgumentParser(description="Seed faults and see the gates turn red.")
    parser.add_argument("names", nargs="*", help="families or single faults; default: all")
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.name}")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    known = {fault.family for fault in faults()} | {fault.name for fault in faults()}
    if unknown := set(options.names) - known:
        parser.error(f"no such family or fault: {', '.join(sorted(unknown))}")
    chosen = [f for f in faults() if not options.names or {f.family, f.name} & set(options.names)]
    found: dict[str, tuple[str, str] | None] = {}

    def tell(fault: Fault, caught: tuple[str, str] | None) -> None:
        found[fault.key] = caught
        said = "\n  ".join(caught) if caught else fault.survives or "NOTHING NOTICES IT"
        print(f"{fault.key}\n  {said}", flush=True)
        if options.record:
            write(found)

    red = seed(chosen, options.workers, tell)
    lost = [f.key for f in chosen if f.key in found and not found[f.key] and not f.survives]
    print(f"{len(found)} faults seeded, {sum(map(bool, found.values()))} caught")
    for gate in red:
        print(f"red without a fault: {gate}", file=sys.stderr)
    for key in lost:
        print(f"survives: {key}", file=sys.stderr)
    return int(bool(lost or red))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
