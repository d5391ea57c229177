"""Exercises: their anatomy, and that every answer and every check is right."""

import ast
import functools
import re
from pathlib import Path

import markdown
import numpy as np
import pytest

from docs_ext import DOCS, DocsError
from docs_ext.exercises import (
    FOLDER,
    KINDS,
    LEVELS,
    all_exercises,
    check_path,
    hint_for,
    parse,
)
from docs_ext.formulas import all_formulas
from docs_ext.includes import directives
from docs_ext.snippets import Snippet

EXERCISES = all_exercises()
PROGRAMS = {exercise.check: exercise for exercise in EXERCISES.values() if exercise.check}

HEAD = ["title: A title", "kind: derive", "about: losses/squared-error.md", "minutes: 5"]
QUESTION = ["", "What is the derivative of the loss?"]
HINT = ["=== hint", "", "Differentiate term by term."]
ANSWER = ["=== answer", "", "It is this, and the tests evaluate it:", "```formula EXE.1", "```"]
GOOD = [*HEAD, *QUESTION, *HINT, *ANSWER]
PROGRAM = [
    HEAD[0], "kind: program", *HEAD[2:], "check: mse", *QUESTION,
    "```python", "def mse():", "    return 0", "```",
    *HINT, "=== answer", "", "{{ snippet exercises/mse }}",
]  # fmt: skip


def _without(lines: list[str], start: str) -> list[str]:
    return [line for line in lines if not line.startswith(start)]


def _with(lines: list[str], start: str, new: str) -> list[str]:
    return [new if line.startswith(start) else line for line in lines]


BAD = {
    "level that does not exist": ("E1", GOOD),
    "number zero": ("W0", GOOD),
    "no number": ("W", GOOD),
    "no title": ("W1", _without(GOOD, "title")),
    "no kind": ("W1", _without(GOOD, "kind")),
    "no page": ("W1", _without(GOOD, "about")),
    "no time": ("W1", _without(GOOD, "minutes")),
    "unknown kind": ("W1", _with(GOOD, "kind", "kind: guess")),
    "unknown key": ("W1", ["points: 3", *GOOD]),
    "key twice": ("W1", [GOOD[0], *GOOD]),
    "empty value": ("W1", _with(GOOD, "title", "title:")),
    "no such page": ("W1", _with(GOOD, "about", "about: losses/nothing.md")),
    "minutes in words": ("W1", _with(GOOD, "minutes", "minutes: five")),
    "three hours": ("W1", _with(GOOD, "minutes", "minutes: 180")),
    "no question": ("W1", [*HEAD, "", *HINT, *ANSWER]),
    "no hint": ("W1", [*HEAD, *QUESTION, *ANSWER]),
    "empty hint": ("W1", [*HEAD, *QUESTION, "=== hint", *ANSWER]),
    "no answer": ("W1", [*HEAD, *QUESTION, *HINT]),
    "hint after answer": ("W1", [*HEAD, *QUESTION, *ANSWER, *HINT]),
    "answer that nothing checks": ("W1", [*HEAD, *QUESTION, *HINT, *ANSWER[:3], "It is 2(p - y)."]),
    "program without check": ("W1", _without(PROGRAM, "check")),
    "check of what is no program": ("W1", ["check: mse", *GOOD]),
    "check that does not exist": ("W1", _with(PROGRAM, "check", "check: nothing")),
    "program without a start": ("W1", _without(PROGRAM, "```")),
    "program without its answer": ("W1", _with(PROGRAM, "{{", "{{ snippet exercises/sign }}")),
}
BAD_BLOCKS = {
    "not closed": "=== exercise W1\n" + "\n".join(GOOD),
    "one inside another": "=== exercise W1\n=== exercise W2\n=== end",
    "hint outside": "=== hint",
    "end outside": "=== end",
    "no id": "=== exercise\n=== end",
    "unknown part": "=== exercise W1\n=== solution\n=== end",
}


@pytest.mark.parametrize("case", BAD)
def test_a_malformed_exercise_is_rejected(case: str) -> None:
    id, lines = BAD[case]
    with pytest.raises(DocsError, match=f"exercise {id}"):
        parse(id, lines)


@pytest.mark.parametrize("lines", [GOOD, PROGRAM], ids=["derive", "program"])
def test_a_good_exercise_is_read(lines: list[str]) -> None:
    exercise = parse("W1", lines)
    assert (exercise.level, exercise.minutes) == ("First week", 5)
    assert exercise.hint == "Differentiate term by term."
    assert bool(exercise.starter) == (lines is PROGRAM)


def _convert(text: str) -> str:
    names = ["md_in_html", "attr_list", "toc", "tables", "pymdownx.superfences"]
    own = ["docs_ext.exercises", "docs_ext.formulas", "docs_ext.includes", "docs_ext.mathml"]
    return markdown.markdown(text, extensions=names + own)


@pytest.mark.parametrize("case", BAD_BLOCKS)
def test_a_block_that_cannot_be_read_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        _convert(BAD_BLOCKS[case])


def test_an_exercise_inside_a_fence_is_left_alone() -> None:
    assert "=== exercise W1" in _convert("```text\n=== exercise W1\n```")


def test_an_exercise_becomes_a_section_with_folded_hint_and_answer() -> None:
    html = _convert("\n".join(["=== exercise W5", *PROGRAM, "=== end", "", "after"]))
    assert '<h3 id="W5">W5 · A title</h3>' in html
    assert html.index("Hint<") < html.index("Answer<") < html.index("<p>after</p>")
    assert html.count("<details") == 2
    assert " open" not in html
    assert 'data-snippet="answers/mse"' in html
    template = re.search(r'<template class="check"[^>]*>(.*?)</template>', html, re.DOTALL)
    assert template
    assert "import lossref" in template[1]


def test_there_are_exercises_of_every_kind_for_every_level() -> None:
    assert len(EXERCISES) >= 40
    for letter in LEVELS:
        assert sum(id[0] == letter for id in EXERCISES) >= 8
    for kind in KINDS:
        assert sum(exercise.kind == kind for exercise in EXERCISES.values()) >= 4


def test_ids_count_up_on_the_page_of_their_level() -> None:
    for letter, (_, page) in LEVELS.items():
        of_level = [e for e in EXERCISES.values() if e.id[0] == letter]
        assert [e.id for e in of_level] == [f"{letter}{n + 1}" for n in range(len(of_level))]
        assert {e.page for e in of_level} == {f"{FOLDER}/{page}.md"}


def test_every_formula_of_an_answer_is_in_one() -> None:
    answers = [e.answer for e in EXERCISES.values()]
    for id in (id for id in all_formulas() if id.startswith("EXE.")):
        assert sum(f"```formula {id}\n" in answer for answer in answers) == 1, id


def test_questions_and_hints_show_no_answer() -> None:
    for exercise in EXERCISES.values():
        for text in (exercise.question, exercise.hint):
            assert not directives(text), f"{exercise.id}: a snippet outside the answer"
            assert "```formula" not in text


def test_every_check_belongs_to_an_exercise() -> None:
    assert {path.stem for path in check_path("x").parent.glob("*.py")} == PROGRAMS.keys()


# --- the checks of programs ---------------------------------------------------------------------


@pytest.mark.parametrize("word", PROGRAMS)
def test_the_answer_passes_its_check(word: str) -> None:
    snippet = Snippet(f"exercises/{word}")
    assert hint_for(word, snippet.source, str(snippet.path)) is None


@pytest.fixture(params=["flags", "no flags"])
def numpy_of_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy with floating-point flags, and without, as in the browser: it never says overflow."""
    if request.param == "no flags":
        silent = functools.partial(np.errstate, all="ignore")
        monkeypatch.setattr(np, "errstate", lambda **asked: silent())


@pytest.mark.parametrize("word", PROGRAMS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of the program to start from
@pytest.mark.usefixtures("numpy_of_reader")
def test_the_program_to_start_from_gets_a_hint(word: str) -> None:
    assert hint_for(word, PROGRAMS[word].starter)


WHERE = "np.where(z >= 0, 1, e) / (1 + e)"
STABLE = "np.maximum(-z, 0) + np.log(1 + np.exp(-abs(z)))"
# word: (what stands in the answer, what a reader may write instead, what the hint speaks of)
WRONG = {
    ("mse", "sum"): ("np.mean(", "np.sum(", "Divide by n"),
    ("mse", "half"): ("np.mean(", "0.5 * np.mean(", "½"),
    ("mse", "per example"): ("np.mean(", "np.array(", "one number"),
    ("mse", "broadcasts"): ("prediction.shape != target.shape", "False", "ValueError"),
    ("mse", "absolute"): ("(prediction - target) ** 2", "abs(prediction - target)", "Square"),
    ("sigmoid", "naive"): (WHERE, "1 / (1 + np.exp(-z))", "overflowed"),
    ("sigmoid", "sign"): ("z >= 0", "z < 0", "Far to the left"),
    ("sigmoid", "cancels"): ("1, e) / (1 + e)", "1 / (1 + e), 1 - 1 / (1 + e))", "cancels"),
    ("sigmoid", "falls"): (WHERE, "np.clip(0.5 - z / 1000, z > 0, 1 - (z < 0))", "lose digits"),
    ("indices", "not shifted"): ("- logits.max(axis=1, keepdims=True)", "", "overflow"),
    ("indices", "sign"): ("return lse -", "return -lse +", "minus the logarithm"),
    ("indices", "columns"): ("[np.arange(len(labels)), labels]", "[:, labels]", "np.arange"),
    ("indices", "one sum"): (".sum(axis=1)", ".sum()", "of one row"),
    ("huber", "not clipped"): ("-delta, delta)", "-9, 9)", "delta = 1"),
    ("huber", "sign"): ("(prediction, target),", "(target, prediction),", "sign"),
    ("huber", "delta ignored"): ("-delta, delta)", "-1, 1)", "Use delta"),
    ("huber", "sign function"): ("np.clip(np", "np.clip(9 * np", "one half"),
    ("logsoftmax", "axis"): ("axis=-1", "axis=0", "axis"),
    ("logsoftmax", "probability"): (
        "return shifted",
        "return np.log(np.exp(shifted))",
        "underflows",
    ),
    ("logsoftmax", "not shifted"): ("- z.max(axis=-1, keepdims=True)", "", "underflows"),
    ("logits", "one term"): ("(1 - y) * np.logaddexp(0, z) + ", "", "log 2"),
    ("logits", "clipped"): ("(0, -z)", "(0, np.minimum(-z, 16))", "clipping"),
    ("logits", "log of one plus"): ("np.logaddexp(0, -z)", f"({STABLE})", "log1p"),
    ("logits", "hard targets"): ("(1 - y)", "(y < 0.5)", "soft"),
    ("central", "one-sided"): ("(f(up) - f(down)) / (2 * h)", "(f(up) - f(x)) / h", "one-sided"),
    ("central", "not halved"): ("(2 * h)", "h", "2h apart"),
    ("central", "in place"): ("up, down = x.copy(), x.copy()", "up, down = x, x.copy()", "copy"),
    ("product", "diagonal only"): ("(v - p @ v)", "v", "second part"),
    ("product", "sign"): ("return p", "return -p", "turned round"),
    ("product", "mean of v"): ("p @ v", "v.mean()", "subtract"),
    ("holes", "all rows"): (".mean()", ".sum() / len(logits)", "kept"),
    ("holes", "another divisor"): ("p / len(rows)", "p / len(logits)", "same divisor"),
    ("holes", "dropped rows pull"): ("np.zeros(", "np.ones(", "must not pull"),
    ("holes", "nothing kept"): (
        "raise ValueError",
        "return 0.0, 0 * logits\n        str",
        "ValueError",
    ),
    ("holes", "logarithm of zero"): (
        "-z[at].mean()",
        "-np.log(np.exp(z[at])).mean()",
        "finite loss",
    ),
    ("holes", "label of padding"): (
        "    at = np",
        "    logits.shape[1] == 3 and np.eye(3)[labels]\n    at = np",
        "do not look it up",
    ),
    ("complement", "naive"): ("-np.expm1(-small)", "1 - np.exp(-small)", "expm1"),
    ("complement", "one branch"): (
        "np.log1p(-np.exp(-large))",
        "np.log(-np.expm1(-large))",
        "log1p",
    ),
    ("temperature", "turned round"): ("expected > seen", "expected < seen", "turned round"),
    ("temperature", "stops early"): ("> 1e-6", "> 1", "shorter"),
    ("temperature", "multiplies"): ("logits / middle", "logits * middle", "divided"),
}


@pytest.mark.parametrize(("word", "mistake"), WRONG)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of wrong answers that overflow
@pytest.mark.usefixtures("numpy_of_reader")
def test_a_wrong_answer_gets_a_hint(word: str, mistake: str) -> None:
    old, new, speaks_of = WRONG[word, mistake]
    right = Snippet(f"exercises/{word}").source
    assert old in right, "the table is out of date"
    hint = hint_for(word, right.replace(old, new))
    assert hint, "the wrong answer passes"
    assert speaks_of in hint


def test_every_program_has_two_wrong_answers() -> None:
    for word in PROGRAMS:
        assert sum(of == word for of, _ in WRONG) >= 2, word


def test_a_hint_is_short() -> None:
    for word in PROGRAMS:
        source = check_path(word).read_text(encoding="utf-8")
        hints = [
            str(node.msg.value) if isinstance(node.msg, ast.Constant) else ""
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Assert)
        ]
        assert len(hints) >= 4, word
        for hint in hints:
            assert 8 <= len(hint) <= 100, f"{word}: {hint!r}"


LINK = rf"\]\(([\w./-]*)#([{''.join(LEVELS)}]\d+)\)"


def test_links_lead_to_exercises_that_exist() -> None:
    found = 0
    for path in sorted((DOCS / "teach").rglob("*.md")):
        for page, id in re.findall(LINK, path.read_text("utf-8")):
            found += 1
            target = (path.parent / page).resolve() if page else path
            assert id in EXERCISES, f"{path.name}: no exercise {id}"
            assert Path(EXERCISES[id].page).name == target.name
    assert found > 20
