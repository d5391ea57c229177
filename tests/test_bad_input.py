"""Bad and unusual input: lossref gives the right value, or an error that says what is wrong."""

import re

import numpy as np
import pytest

from tests.bad_input import SECTIONS, Case, Raises, Section

MEANS = [section for section in SECTIONS if section.mean]
PER_EXAMPLE = [section for section in SECTIONS if not any(case.options for case in section.cases)]


def cases(sections: list[Section]) -> list:
    return [pytest.param(s, c, id=f"{s.name}: {c.name}") for s in sections for c in s.cases]


@pytest.mark.parametrize(("section", "case"), cases(MEANS))
def test_mean(section: Section, case: Case) -> None:
    answer = Raises(ValueError, "no values|no row") if case.empty else case.answer
    if isinstance(answer, Raises):
        with pytest.raises(answer.error, match=answer.match):
            section.mean(*case.args, **case.options)
        return
    value, grad = section.mean(*case.args, **case.options)
    assert value == pytest.approx(answer, rel=case.tolerance, abs=0, nan_ok=True)
    assert np.shape(grad) == np.shape(case.args[0])
    assert np.isnan(value) or not np.isnan(grad).any()


@pytest.mark.parametrize(("section", "case"), cases(PER_EXAMPLE))
def test_per_example(section: Section, case: Case) -> None:
    if isinstance(case.answer, Raises):
        with pytest.raises(case.answer.error, match=case.answer.match):
            section.per_example(*case.args)
        return
    losses = np.asarray(section.per_example(*case.args), dtype=np.float64)
    if case.empty:
        assert losses.shape == (0,)
        return
    mean = losses.mean() if np.isfinite(losses).all() else losses.sum()
    assert mean == pytest.approx(case.answer, rel=case.tolerance, abs=0, nan_ok=True)


def test_an_error_says_what_came() -> None:
    """A message names a number, a shape, a dtype or the argument it is about."""
    for section in MEANS:
        for case in section.cases:
            if isinstance(case.answer, Raises):
                with pytest.raises(case.answer.error) as raised:
                    section.mean(*case.args, **case.options)
                text = str(raised.value)
                assert re.search(r"got|masked|classes|keyword|no row|rectangular", text), text
