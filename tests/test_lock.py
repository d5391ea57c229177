"""Formula ids are promises: docs/formulas.lock against the pages."""

from dataclasses import replace

import pytest

from docs_ext import DocsError
from docs_ext.formulas import Formula, all_formulas
from docs_ext.lock import PATH, fingerprint, load, problems, read, updated, write
from docs_ext.release import is_released, version


def test_every_promise_is_kept(request: pytest.FixtureRequest) -> None:
    formulas = all_formulas()
    if request.config.getoption("--update"):
        lock = read(PATH.read_text(encoding="utf-8") if PATH.exists() else "")
        PATH.write_text(write(updated(lock, formulas, version(), is_released)), encoding="utf-8")
        return
    broken = problems(load(), formulas, version(), is_released)
    assert not broken, "\n".join(broken)


def test_the_file_is_as_it_would_be_written() -> None:
    assert write(load()) == PATH.read_text(encoding="utf-8")


# --- a small site whose version 0.1.0 is out, and which is at work on 0.2.0 -----------------------

SITE = {
    id: Formula(id, meaning, tex, None, "identity", page="p.md")
    for id, meaning, tex in [("SE.1", "One", "a = b"), ("SE.2", "Two", r"\SE = 2"),
                             ("BCE.1", "Three", "c = d")]
}  # fmt: skip
LINES = [
    f"SE.1 0.1.0 {fingerprint('a = b')} One",
    f"SE.2 0.1.0 {fingerprint('old')} Two",
    f"SE.2 revised 0.2.0 {fingerprint(SITE['SE.2'].tex)} A factor",
    f"SE.3 0.1.0 {fingerprint('x')} Gone",
    "SE.3 retired 0.2.0 SE.1 It was the same",
    f"BCE.1 0.2.0 {fingerprint('c = d')} Three",
]
LOCK = "\n".join(LINES)


def released(number: str) -> bool:
    return number == "0.1.0"


def changed(id: str, **what: str) -> dict[str, Formula]:
    return {**SITE, id: replace(SITE[id], **what)}


def test_a_site_that_keeps_its_promises() -> None:
    assert problems(read(LOCK), SITE, "0.2.0", released) == []
    assert write(read(LOCK)).splitlines()[1:] == LINES


def test_white_space_is_no_change() -> None:
    assert fingerprint(r"\frac{1}{2}  a") == fingerprint("\\frac{1}\n{2}a")
    assert fingerprint(r"\sigma z") == fingerprint(r"\sigma  z") != fingerprint(r"\sigmaz")


# what happened, the formulas then, whether `--update` may record it, the message
CHANGES = {
    "minus sign in a released formula": (changed("SE.1", tex="a = -b"), False, "SE.1 on p.md"),
    "macro replaced in a released one": (changed("SE.1", tex=r"a = \vp"), False, "revised 0.2.0"),
    "meaning of a released one": (changed("SE.1", meaning="Uno"), False, "takes a new id"),
    "meaning of a revised one": (changed("SE.2", meaning="Dos"), False, "takes a new id"),
    "released one vanished": ({k: v for k, v in SITE.items() if k != "SE.1"}, False, "on no page"),
    "new one vanished": ({k: v for k, v in SITE.items() if k != "BCE.1"}, False, "not released"),
    "retired one used again": (SITE | {"SE.3": replace(SITE["SE.1"], id="SE.3")}, False, "again"),
    "two swapped": (
        SITE | {"SE.1": replace(SITE["SE.2"], id="SE.1"), "SE.2": replace(SITE["SE.1"], id="SE.2")},
        False,
        "takes a new id",
    ),
    "new id": (SITE | {"SE.4": replace(SITE["SE.1"], id="SE.4")}, True, "SE.4 on p.md is new"),
    "TeX of a new one": (changed("BCE.1", tex="c = 2 d"), True, "BCE.1 on p.md"),
    "meaning of a new one": (changed("BCE.1", meaning="Tres"), True, "BCE.1 on p.md"),
    "revision improved before its release": (changed("SE.2", tex="3"), True, "SE.2 on p.md"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_is_noticed(case: str) -> None:
    formulas, recordable, message = CHANGES[case]
    found = problems(read(LOCK), formulas, "0.2.0", released)
    assert message in "\n".join(found)
    if recordable:
        new = updated(read(LOCK), formulas, "0.2.0", released)
        assert problems(read(write(new)), formulas, "0.2.0", released) == []
        assert not problems(new, formulas, "0.2.0", released)
    else:
        with pytest.raises(DocsError):
            updated(read(LOCK), formulas, "0.2.0", released)


P = "0" * 12
UNREADABLE = {
    "no fingerprint": "SE.1 0.1.0 One",
    "short fingerprint": f"SE.1 0.1.0 {P[1:]} One",
    "no meaning": f"SE.1 0.1.0 {P} ",
    "no version": f"SE.1 {P} One",
    "unknown family": f"XX.1 0.1.0 {P} One",
    "number zero": f"SE.0 0.1.0 {P} One",
    "unknown verb": f"SE.1 0.1.0 {P} One\nSE.1 moved 0.2.0 SE.2 why",
    "twice": f"SE.1 0.1.0 {P} One\nSE.1 0.1.0 {P} One",
    "not in order": f"SE.2 0.1.0 {P} Two\nSE.1 0.1.0 {P} One",
    "families not in order": f"BCE.1 0.1.0 {P} Two\nSE.1 0.1.0 {P} One",
    "revised before it exists": f"SE.1 revised 0.2.0 {P} why",
    "revised in its own version": f"SE.1 0.1.0 {P} One\nSE.1 revised 0.1.0 {P} why",
    "revised without a reason": f"SE.1 0.1.0 {P} One\nSE.1 revised 0.2.0 {P}",
    "revisions not in order": "\n".join(
        [f"SE.1 0.1.0 {P} One", f"SE.1 revised 0.3.0 {P} why", f"SE.1 revised 0.2.0 {P} why"]
    ),
    "retired without a successor": f"SE.1 0.1.0 {P} One\nSE.1 retired 0.2.0 nothing left",
    "retired to nowhere": f"SE.1 0.1.0 {P} One\nSE.1 retired 0.2.0 SE.9 why",
    "retired to itself": f"SE.1 0.1.0 {P} One\nSE.1 retired 0.2.0 SE.1 why",
    "retired to a retired one": "\n".join(
        [
            f"SE.1 0.1.0 {P} One",
            "SE.1 retired 0.2.0 SE.2 why",
            f"SE.2 0.1.0 {P} Two",
            "SE.2 retired 0.2.0 SE.1 why",
        ]
    ),
    "revised after retirement": "\n".join(
        [
            f"SE.1 0.1.0 {P} One",
            "SE.1 retired 0.2.0 SE.2 why",
            f"SE.1 revised 0.3.0 {P} why",
            f"SE.2 0.1.0 {P} Two",
        ]
    ),
    "merge marks": f"<<<<<<< HEAD\nSE.1 0.1.0 {P} One",
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_malformed_lock_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        read(UNREADABLE[case])


@pytest.mark.parametrize(
    ("changelog", "expected"),
    [
        ("## 0.1.0 - unreleased", False),
        ("## 0.1.0 - 2026-11-30", True),
        ("## 0.1.00 - 2026-11-30", False),
        ("see 0.1.0 - 2026-11-30", False),
        ("", False),
    ],
)
def test_a_version_is_released_when_the_changelog_dates_it(changelog: str, expected: bool) -> None:
    assert is_released("0.1.0", changelog) is expected
