"""The promise behind a formula id: docs/formulas.lock.

One line for each id, in the order of the families:

    SE.2 0.1.0 5f0c31d9a2be Gradient of the squared error with respect to the prediction

that is the id, the version since which it exists, a fingerprint of its TeX, its meaning. What
happens to it later is added below and never removed:

    SE.2 revised 0.2.0 90a1b2c3d4e5 The sign of the second term was wrong
    SE.9 retired 0.3.0 SE.12 Was a special case of it

Who cites SE.2 of version 0.1.0 must find it for ever. So the *meaning* of a released id does not
change: a statement with another meaning takes a new id, and the old one is retired and points to
it. Its TeX may be improved, and each time a `revised` line says what was improved. An id of a
version that is not released yet may still change; `pytest --update` records it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from docs_ext import DOCS, DocsError
from docs_ext.formulas import FAMILIES, ID, Formula

PATH = DOCS / "formulas.lock"
_VERSION = r"\d+\.\d+\.\d+"
_PRINT = r"[0-9a-f]{12}"
_LINE = re.compile(
    rf"(?P<id>{ID.pattern}) (?:(?P<since>{_VERSION}) (?P<print>{_PRINT})"
    rf"|revised (?P<revised>{_VERSION}) (?P<reprint>{_PRINT})"
    rf"|retired (?P<retired>{_VERSION}) (?P<to>{ID.pattern})) (?P<text>\S.*)"
)


@dataclass(frozen=True)
class Revision:
    """A released formula was improved: in which version, to which TeX, and what was improved."""

    version: str
    fingerprint: str
    reason: str


@dataclass(frozen=True)
class Retirement:
    """An id that is on no page any more, and the one that takes its place."""

    version: str
    to: str
    reason: str


@dataclass(frozen=True)
class Locked:
    """What is promised about one id."""

    id: str
    since: str
    fingerprint: str
    meaning: str
    revisions: list[Revision] = field(default_factory=list)
    retired: Retirement | None = None

    @property
    def current(self) -> tuple[str, str]:
        """The version and the fingerprint of the TeX as it is now."""
        last = self.revisions[-1] if self.revisions else None
        return (last.version, last.fingerprint) if last else (self.since, self.fingerprint)


def fingerprint(tex: str) -> str:
    """Of the commands and letters; white space does not count."""
    tokens = re.findall(r"\\[A-Za-z]+|\\.|\S", tex)
    return hashlib.sha256(" ".join(tokens).encode()).hexdigest()[:12]


def order(id: str) -> tuple[int, int]:
    """The place of an id: by family, then by number."""
    family, number = id.split(".")
    return list(FAMILIES).index(family), int(number)


def read(text: str) -> dict[str, Locked]:
    """The promises by id; whatever is not exactly of the form above is an error."""
    found: dict[str, Locked] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if not match or match["id"].split(".")[0] not in FAMILIES:
            raise DocsError(f"formulas.lock: cannot read {line!r}")
        id, known = match["id"], found.get(match["id"])
        if match["since"]:
            if known:
                raise DocsError(f"formulas.lock: {id} is there twice")
            found[id] = Locked(id, match["since"], match["print"], match["text"])
            continue
        if known is None or known.retired or list(found)[-1] != id:
            raise DocsError(f"formulas.lock: {line!r} does not follow the line of a living {id}")
        number = match["revised"] or match["retired"]
        if _numbers(number) <= _numbers(known.current[0]):
            raise DocsError(f"formulas.lock: {line!r} is not later than what it changes")
        if match["revised"]:
            known.revisions.append(Revision(number, match["reprint"], match["text"]))
        else:
            found[id] = replace(known, retired=Retirement(number, match["to"], match["text"]))
    if list(found) != sorted(found, key=order):
        raise DocsError("formulas.lock: not in the order of the families and numbers")
    for locked in found.values():
        if locked.retired and (locked.retired.to not in found or found[locked.retired.to].retired):
            raise DocsError(f"formulas.lock: {locked.id} is sent to {locked.retired.to}, not alive")
    return found


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _changes(
    lock: Mapping[str, Locked],
    formulas: Mapping[str, Formula],
    version: str,
    released: Callable[[str], bool],
) -> Iterable[tuple[str, str, bool]]:
    """(id, what is wrong with it, may `--update` record it) where page and lock differ."""
    for id, formula in formulas.items():
        where, locked, now = f"{id} on {formula.page}", lock.get(id), fingerprint(formula.tex)
        if locked is None:
            yield id, f"{where} is new", True
        elif locked.retired:
            yield id, f"{where}: this id was retired and is never used again", False
        elif locked.meaning != formula.meaning:
            yield (
                id,
                f"{where} means {formula.meaning!r}; promised is {locked.meaning!r}. "
                "Another meaning takes a new id",
                not released(locked.since),
            )
        elif locked.current[1] != now:
            yield (
                id,
                f"{where}: the TeX was changed. If the statement is the same, add the line "
                f"'{id} revised {version} {now} WHAT WAS IMPROVED'",
                not released(locked.current[0]),
            )
    for id, locked in lock.items():
        if id not in formulas and not locked.retired:
            yield (
                id,
                f"{id} ({locked.meaning}) is on no page. Add the line "
                f"'{id} retired {version} OTHER.ID WHY'"
                + ("" if released(locked.since) else ", or delete its line: it is not released"),
                False,
            )


def problems(
    lock: Mapping[str, Locked],
    formulas: Mapping[str, Formula],
    version: str,
    released: Callable[[str], bool],
) -> list[str]:
    """Where the pages break a promise, or make one that is not recorded yet."""
    return [
        text + (": record it with `pytest --update`" if recordable else "")
        for _, text, recordable in _changes(lock, formulas, version, released)
    ]


def updated(
    lock: Mapping[str, Locked],
    formulas: Mapping[str, Formula],
    version: str,
    released: Callable[[str], bool],
) -> dict[str, Locked]:
    """The lock with new ids, and with what changed in versions that are not released."""
    new = dict(lock)
    for id, text, recordable in _changes(lock, formulas, version, released):
        if not recordable:
            raise DocsError(text)
        formula, locked = formulas[id], lock.get(id)
        now = fingerprint(formula.tex)
        if locked is None:
            new[id] = Locked(id, version, now, formula.meaning)
        elif locked.revisions:
            last = replace(locked.revisions[-1], fingerprint=now)
            new[id] = replace(
                locked, revisions=[*locked.revisions[:-1], last], meaning=formula.meaning
            )
        else:
            new[id] = replace(locked, fingerprint=now, meaning=formula.meaning)
    return new


def write(lock: Mapping[str, Locked]) -> str:
    """The text of the file."""
    lines = ["# The promise of each formula id: docs_ext/lock.py says what may change and how."]
    for locked in sorted(lock.values(), key=lambda locked: order(locked.id)):
        lines.append(f"{locked.id} {locked.since} {locked.fingerprint} {locked.meaning}")
        lines += [
            f"{locked.id} revised {r.version} {r.fingerprint} {r.reason}" for r in locked.revisions
        ]
        if gone := locked.retired:
            lines.append(f"{locked.id} retired {gone.version} {gone.to} {gone.reason}")
    return "\n".join(lines) + "\n"


def load() -> dict[str, Locked]:
    """The promises of docs/formulas.lock."""
    return read(PATH.read_text(encoding="utf-8"))
