"""The guide on the choosing page: every path of the function, its links, and its picture."""

import contextlib
import io
import itertools
import re
import runpy
from functools import cache

import pytest

from docs_ext import DOCS, SNIPPETS

FACTS = ["noise", "outliers", "imbalance", "probabilities"]

# target and facts: the loss, the output layer, and how many reasons are given
CASES = {
    ("class",): ("Softmax cross-entropy", "K logits, softmax", 1),
    ("two classes",): ("Binary cross-entropy", "one logit, sigmoid", 1),
    ("labels",): ("Binary cross-entropy, each", "K logits, K sigmoids", 1),
    ("ordered classes",): ("Cumulative cross-entropy", "one score, K − 1 cut points", 1),
    ("number",): ("Mean squared error", "linear output", 1),
    ("quantile",): ("Pinball loss", "linear output", 1),
    ("count",): ("Poisson likelihood", "exp of one output", 1),
    ("positive number",): ("Gamma likelihood", "exp of one output", 1),
    ("number", "outliers"): ("Huber loss", "linear output", 1),
    ("positive number", "outliers"): ("Huber loss", "linear output", 1),
    ("quantile", "outliers"): ("Pinball loss", "linear output", 1),
    ("class", "imbalance"): ("Softmax cross-entropy", "K logits, softmax", 2),
    ("two classes", "imbalance", "noise"): ("Binary cross-entropy", "one logit, sigmoid", 3),
    ("labels", "noise", "imbalance", "probabilities"): (
        "Binary cross-entropy, each",
        "K logits, K sigmoids",
        4,
    ),
    ("number", "noise", "outliers", "probabilities"): ("Huber loss", "linear output", 3),
}

REFUSED = {
    ("classes",): "unknown target: 'classes'",
    ("outliers",): "unknown target: 'outliers'",
    ("",): "unknown target: ''",
    ("number", "imbalance"): "imbalance is no property of a number target",
    ("count", "noise", "imbalance"): "imbalance is no property of a number target",
    ("class", "outliers"): "outliers is no property of a class target",
}


@cache
def guide() -> dict:
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(SNIPPETS / "choosing" / "guide.py"), run_name="test")


def choose(target: str, *facts: str):
    return guide()["choose"](target, **dict.fromkeys(facts, True))


@pytest.mark.parametrize("case", CASES, ids=", ".join)
def test_choice(case: tuple[str, ...]) -> None:
    choice = choose(*case)
    assert (choice.loss, choice.output, len(choice.reasons)) == CASES[case]


def test_every_row_is_reached_by_a_case() -> None:
    rows = {row[2] for ladder in guide()["LADDERS"].values() for row in ladder}
    assert rows == {loss for loss, _, _ in CASES.values()}


@pytest.mark.parametrize("case", REFUSED, ids=", ".join)
def test_nonsense_is_refused(case: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(REFUSED[case])):
        choose(*case)


def test_a_fact_that_does_not_hold_changes_nothing() -> None:
    plain = choose("class")
    assert plain == guide()["choose"]("class", **dict.fromkeys(FACTS, False))


def anchor_exists(link: str) -> bool:
    page, _, anchor = link.partition("#")
    path = DOCS / page
    return bool(anchor) and path.is_file() and f"{{ #{anchor} }}" in path.read_text("utf-8")


@pytest.mark.parametrize(
    "link",
    ["losses/none.md#definition", "losses/variants.md#hubert", "losses/variants.md", "#huber"],
)
def test_a_dead_link_is_found(link: str) -> None:
    assert not anchor_exists(link)


def test_all_paths_give_reasons_and_living_links() -> None:
    """Every target with every set of facts is answered or refused; each reason has its page."""
    targets = [row[0] for ladder in guide()["LADDERS"].values() for row in ladder]
    answered = 0
    for target in targets:
        for number in range(len(FACTS) + 1):
            for facts in itertools.combinations(FACTS, number):
                try:
                    choice = choose(target, *facts)
                except ValueError:
                    continue
                answered += 1
                assert len(choice.reasons) == len(choice.links) == len(set(choice.reasons))
                assert all(map(anchor_exists, choice.links)), choice.links
    assert answered == 4 * 8 + 4 * 8


def test_the_picture_shows_every_row() -> None:
    texts = [text.get_text() for text in guide()["figure"]().axes[0].texts]
    for ladder in guide()["LADDERS"].values():
        for _, question, loss, output, why, _ in ladder:
            assert loss in texts
            assert f"{output}\n{why}" in texts
            shown = [text for text in texts if text and text in question]
            assert any(question == f"{first} {second}" for first in shown for second in shown)
