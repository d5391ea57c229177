"""The practice pages: anatomy of a debugging entry, telltale values, the checklist."""

import math
import re

import pytest

from docs_ext import DOCS, DocsError
from docs_ext.formulas import all_formulas
from docs_ext.snippets import Snippet

DEBUGGING = DOCS / "practice" / "debugging.md"
CHECKLIST = DOCS / "practice" / "checklist.md"

ENTRY = re.compile(
    r"""\A\#\#\#\ (?P<symptom>.+)\ \{\ \#(?P<anchor>[a-z][a-z0-9-]*)\ \}\n
    \n(?P<seen>[^*{\n].+)\n
    \n\*\*Cause\.\*\*\ (?P<cause>.+)\n
    \n\{\{\ snippet\ debugging/(?P<word>[a-z0-9_]+)\ \}\}\n
    \n\*\*Fix\.\*\*\ (?P<fix>.+)\n
    \n\*\*Formula\.\*\*\ (?P<formulas>.+?)\.\ \*\*Thread\.\*\*\ (?P<threads>.+)\.\n?\Z""",
    re.VERBOSE,
)
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<url>[^)]+)\)")
GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+)/(issues|pull)/(\d+)")


def read_entry(text: str) -> dict[str, str]:
    """The parts of one entry; a part that is missing, out of place or empty is an error."""
    text = text.strip() + "\n"
    found = ENTRY.match(text)
    if not found:
        raise DocsError(f"not the anatomy of an entry: {text.splitlines()[0]}")
    entry = found.groupdict()
    where = entry["anchor"]
    if entry["word"] != where.replace("-", "_"):
        raise DocsError(f"{where}: its snippet is {entry['word']}")
    ids = re.findall(r"\[([A-Z]+\.\d+)\]\[\]", entry["formulas"])
    if not ids or ", ".join(f"[{id}][]" for id in ids) != entry["formulas"]:
        raise DocsError(f"{where}: formulas are [SE.2][], separated by commas")
    if unknown := set(ids) - all_formulas().keys():
        raise DocsError(f"{where}: no formula {sorted(unknown)}")
    links = list(LINK.finditer(entry["threads"]))
    if not links:
        raise DocsError(f"{where}: no link to a thread")
    for link in links:
        _check_thread(where, link["text"], link["url"])
    return entry


def _check_thread(where: str, text: str, url: str) -> None:
    if not url.startswith("https://github.com/"):
        if not url.startswith(("https://stats.stackexchange.com/q/", "https://forums.fast.ai/t/")):
            raise DocsError(f"{where}: {url} is no public thread")
        return
    found = GITHUB.fullmatch(url)
    if not found:
        raise DocsError(f"{where}: {url} is neither an issue nor a pull request")
    owner, name, kind, number = found.groups()
    pull = "PR " if kind == "pull" else ""
    shown = {f"{owner}/{name} {pull}#{number}"}
    if owner == name:
        shown.add(f"{name} {pull}#{number}")
    if text not in shown:
        raise DocsError(f"{where}: the link to {url} says {text!r}")


def entries() -> list[str]:
    text = DEBUGGING.read_text(encoding="utf-8")
    return [part.split("\n## ")[0] for part in re.split(r"^(?=### )", text, flags=re.MULTILINE)[1:]]


GOOD = """### The loss is odd { #clipped }

You see it.

**Cause.** This.

{{ snippet debugging/clipped }}

**Fix.** That.

**Formula.** [NUM.1][], [BCE.4][]. **Thread.** [a/b #1](https://github.com/a/b/issues/1).
"""
# name: what stands in the good entry, what the fault makes of it
BAD = {
    "no anchor": (" { #clipped }", ""),
    "no symptom": ("You see it.\n\n", ""),
    "no cause": ("**Cause.** This.\n\n", ""),
    "empty cause": ("**Cause.** This.", "**Cause.**"),
    "no reproduction": ("{{ snippet debugging/clipped }}\n\n", ""),
    "output instead of a program": ("{{ snippet", "{{ output"),
    "reproduction of another entry": ("debugging/clipped", "debugging/perfect"),
    "no fix": ("**Fix.** That.\n\n", ""),
    "fix before cause": ("**Cause.** This.", "**Fix.** This."),
    "no formula": ("[NUM.1][], [BCE.4][]", "none"),
    "unknown formula": ("NUM.1", "NUM.99"),
    "formulas not separated": ("[], [", "[] ["),
    "no thread": ("[a/b #1](https://github.com/a/b/issues/1)", "none"),
    "thread that is a repository": ("/issues/1", ""),
    "thread elsewhere": ("https://github.com/a/b/issues/1", "https://example.org/1"),
    "wrong number of the thread": ("b #1", "b #2"),
    "wrong repository of the thread": ("[a/b", "[a/c"),
    "issue called a pull request": ("b #1", "b PR #1"),
}


def test_the_anatomy_of_a_good_entry_is_read() -> None:
    assert read_entry(GOOD)["seen"] == "You see it."


@pytest.mark.parametrize("case", BAD)
def test_a_bad_entry_is_rejected(case: str) -> None:
    old, new = BAD[case]
    assert GOOD.count(old) == 1
    with pytest.raises(DocsError):
        read_entry(GOOD.replace(old, new))


@pytest.mark.parametrize("text", entries(), ids=lambda text: text.split("#")[-1].split()[0])
def test_anatomy_of_an_entry(text: str) -> None:
    read_entry(text)


def test_there_are_at_least_thirty_entries_and_no_two_alike() -> None:
    read = [read_entry(text) for text in entries()]
    assert len(read) >= 30
    for part in ("symptom", "anchor", "word", "cause", "fix"):
        assert len({entry[part] for entry in read}) == len(read), part


# what the table says: the closed form, from logarithms alone
TELLTALE = {
    "squared error of the probability 1/2": 1 / 4,
    "sure and right, sigmoid or softmax twice": math.log(math.e + 1) - 1,
    "label smoothing 1/10, ε/K, K = 10": -0.91 * math.log(0.91) - 0.09 * math.log(0.01),
    "label smoothing 1/10, ε/(K − 1)": -0.9 * math.log(0.9) - 0.1 * math.log(0.1 / 9),
    "sure and right, softmax twice, 3 classes": math.log(math.e + 2) - 1,
    "ln 2: probability 1/2": math.log(2),
    "sure and right about a 0, sigmoid twice": math.log(1 + math.exp(0)),
    "sure and right, softmax twice, 4 classes": math.log(math.e + 3) - 1,
    "Brier score, uniform, K = 10": 1 - 1 / 10,
    "ln 3: uniform over 3 classes": math.log(3),
    "2 ln 2: two binary losses, added": 2 * math.log(2),
    "sure and right, softmax twice, 10 classes": math.log(math.e + 9) - 1,
    "ln 10: uniform over 10 classes": math.log(10),
    "ln 100: uniform over 100 classes": math.log(100),
    "ln 1000: uniform over 1000 classes": math.log(1000),
    "float16: the sigmoid is 1 from this logit": 11 * math.log(2),
    "ln 50257: uniform over the tokens of GPT-2": math.log(50257),
    "clipped at 1e−6": 6 * math.log(10),
    "clipped at 1e−7, then 1e−7 added": 7 * math.log(10) - math.log(2),
    "clipped at the epsilon of float32": 23 * math.log(2),
    "clipped at 1 − 1e−7 in float32 (Keras)": -math.log(2 * 2**-24),
    "clipped at 1e−7": 7 * math.log(10),
    "float32: the sigmoid is 1 from this logit": 24 * math.log(2),
    "clipped at 1e−8": 8 * math.log(10),
    "clipped at 1e−9": 9 * math.log(10),
    "clipped at 1e−10": 10 * math.log(10),
    "clipped at 1e−12": 12 * math.log(10),
    "clipped at 1e−15 (LightGBM)": 15 * math.log(10),
    "clipped at the epsilon of float64": 52 * math.log(2),
    "float64: the sigmoid is 1 from this logit": 53 * math.log(2),
    "clipped at 1e−16 (XGBoost)": 16 * math.log(10),
    "held at the smallest normal float32": 126 * math.log(2),
    "float32: exp overflows from here": 128 * math.log(2),
    "logarithm held above −100": 100,
    "float32: exp is 0 from minus this on": 150 * math.log(2),
    "largest float16": 2**16 - 2**5,
}
# numbers that people report, in the digits in which they do
REPORTED = (
    "0.6931 2.303 0.744 0.551 0.313 1.461 16.118 15.42 15.94 36.04 34.54 36.84 27.6 103.97 87.3365 "
    "100 65504"
)


def telltale_rows() -> list[tuple[str, str, str]]:
    lines = Snippet("debugging/telltale").output.splitlines()[2:]
    rows = [
        re.fullmatch(r"\| (\S+) \| (.+) \| \[[a-z-]+\]\(#([a-z-]+)\) \|", line) for line in lines
    ]
    assert all(rows), "a row is: value, meaning, link to an entry"
    return [row.groups() for row in rows if row]  # type: ignore[misc]


def test_telltale_values_are_their_closed_forms() -> None:
    rows = telltale_rows()
    assert [meaning for _, meaning, _ in rows] == list(TELLTALE)
    for value, meaning, _ in rows:
        assert value == f"{TELLTALE[meaning]:.6g}", meaning
    values = [float(value) for value, _, _ in rows]
    assert values == sorted(values), "a reader looks a number up"


def test_telltale_values_lead_to_entries() -> None:
    anchors = {read_entry(text)["anchor"] for text in entries()}
    assert {anchor for _, _, anchor in telltale_rows()} <= anchors


@pytest.mark.parametrize("number", REPORTED.split())
def test_a_reported_number_is_in_the_table(number: str) -> None:
    digits = len(number.partition(".")[2])
    assert number in {f"{float(value):.{digits}f}" for value, _, _ in telltale_rows()}


def test_the_checklist_has_a_section_with_a_snippet_for_each_item() -> None:
    text = CHECKLIST.read_text(encoding="utf-8")
    items = re.findall(r"^- ☐ \[(.+)\]\(#([a-z]+)\)$", text, re.MULTILINE)
    sections = re.findall(
        r"^### (.+) \{ #([a-z]+) \}\n\n[^\n]+\n\n\{\{ snippet checklist/([a-z]+) \}\}$",
        text,
        re.MULTILINE,
    )
    assert len(items) >= 15
    assert [(title, anchor, anchor) for title, anchor in items] == sections
