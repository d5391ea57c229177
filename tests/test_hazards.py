"""The hazards page: measured thresholds against closed forms, rounding against its definition."""

import math
import runpy
from functools import cache

import numpy as np
import pytest

from docs_ext import SNIPPETS
from docs_ext.formulas import all_formulas
from docs_ext.snippets import Snippet

BITS = {"bfloat16": (8, 127), "float16": (11, 15), "float32": (24, 127), "float64": (53, 1023)}
LN2 = math.log(2)

# hazard: its value for t bits and largest exponent E, rounding to nearest, ties to even
CLOSED = {
    # r*r rounds past the largest number from (2 - 2**-t) * 2**E on
    "square overflows, residual": lambda t, e: 2 ** ((e + 1) / 2) * math.sqrt(1 - 2.0 ** -(t + 1)),
    # exp(-z) rounds to at most 2**-t up to 2**-t + 2**-2t, and 1 + 2**-t is a tie
    "sigmoid is 1, logit": lambda t, e: t * LN2 - math.log1p(2.0**-t),
    "exp overflows, logit": lambda t, e: (e + 1) * LN2 + math.log1p(-(2.0 ** -(t + 1))),
    # HAZ.1
    "softmax is 0, gap of logits": lambda t, e: (e + t - 1) * LN2,
    # HAZ.3
    "clipping at ε does nothing, −log ε": lambda t, e: (t + 1) * LN2,
}

# The program computes in m bits, 24 for bfloat16 and 53 else, before it rounds to t: near the tie
# of 1 - exp(-x) that moves x by 2**(t - m). float64 is rounded once.
SLACK = {"bfloat16": 2.0**-16, "float16": 2.0**-42, "float32": 2.0**-29, "float64": 2.0**-40}


@cache
def thresholds() -> dict:
    return runpy.run_path(str(SNIPPETS / "hazards" / "thresholds.py"), run_name="test")


def test_every_hazard_has_a_closed_form() -> None:
    assert list(thresholds()["HAZARDS"]) == list(CLOSED)
    assert list(thresholds()["FORMATS"]) == list(BITS)


@pytest.mark.parametrize("name", BITS)
@pytest.mark.parametrize("hazard", CLOSED)
def test_threshold_found_by_bisection(hazard: str, name: str) -> None:
    program = thresholds()
    found = program["first"](program["HAZARDS"][hazard], program["FORMATS"][name])
    assert found == pytest.approx(CLOSED[hazard](*BITS[name]), rel=SLACK[name], abs=0)


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
def test_bits_of_a_format(name: str) -> None:
    info = np.finfo(name)
    assert (info.nmant + 1, info.maxexp - 1) == BITS[name]


# value: its nearest bfloat16, ties to even; the spacing between 1 and 2 is 2**-7
ROUNDED = {
    1.0: 1.0,
    1 + 2**-7: 1 + 2**-7,
    1 + 2**-8: 1.0,  # tie, 1 is even
    1 + 3 * 2**-8: 1 + 2**-6,  # tie, upward to even
    1 + 2**-8 + 2**-20: 1 + 2**-7,
    1 - 2**-9: 1.0,  # tie below 1
    1 - 2**-8: 1 - 2**-8,
    -1 - 3 * 2**-8: -1 - 2**-6,
    0.0: 0.0,
    2.0**-133: 2.0**-133,  # the smallest subnormal
    2.0**-134: 0.0,
    (2 - 2**-7) * 2.0**127: (2 - 2**-7) * 2.0**127,  # the largest
    (2 - 2**-8) * 2.0**127: math.inf,
    math.inf: math.inf,
}


@pytest.mark.parametrize("word", ["thresholds", "clip", "digits"])
def test_bfloat16_by_integer_rounding(word: str) -> None:
    program = runpy.run_path(str(SNIPPETS / "hazards" / f"{word}.py"), run_name="test")
    rounded = program["bfloat16"]
    assert {x: float(rounded(x)) for x in ROUNDED} == ROUNDED


def test_clip_table() -> None:
    """A finite second number exactly where ε is above HAZ.3; the first is −log of the rounded ε."""
    rows = [line.split("|")[1:-1] for line in Snippet("hazards/clip").output.splitlines()[2:]]
    assert len(rows) == 10
    for row in rows:
        eps = float(row[0].replace("−", "-"))
        for cell, (name, (t, _)) in zip(row[1:], BITS.items(), strict=True):
            low, high = cell.split("/")
            assert (high.strip() == "∞") == (eps <= 2.0 ** -(t + 1)), (name, eps)
            if name in ("float32", "float64"):
                assert float(low) == pytest.approx(-math.log(eps), abs=0.006)


def test_float16_gradient_underflows_where_the_page_says() -> None:
    gradient = np.float16(0.001)
    vanished = [n for n in range(30_000, 40_000, 16) if gradient / np.float16(n) == 0]
    assert vanished[0] == pytest.approx(float(gradient) / 2.0**-25, rel=1e-3, abs=0)


SUMS = np.arange(2**10, 2**15, dtype=np.uint16).view(np.float16)  # normal, even and odd digits
SUMS = SUMS[(SUMS >= 1) & (SUMS < 32768)]


def _vanishing(share: float) -> np.ndarray:
    """Of which sums the largest term that is at most this share does not change them."""
    term = (SUMS.astype(float) * share).astype(np.float16)
    over = term.astype(float) > SUMS.astype(float) * share
    term[over] = np.nextafter(term[over], np.float16(0))
    assert term.min() > 0
    return SUMS + term == SUMS


def test_a_term_that_a_running_sum_does_not_notice() -> None:
    """NUM.12, with every float16 from 1 to 32768 as the sum."""
    assert all_formulas()["NUM.12"].tex.endswith(r"\loss \le 2^{-(t + 1)} S")
    assert len(SUMS) == 15 * 2**10
    assert _vanishing(2.0**-12).all()
    powers = np.log2(SUMS.astype(float)) % 1 == 0
    assert powers.sum() == 15
    assert _vanishing(2.0**-11)[powers].all()
    assert not _vanishing(2.0**-11)[~powers].all()
    assert not _vanishing(2.0**-11 * 1.001)[powers].any()
    assert np.float16(3890) + np.float16(1.89) != np.float16(3890)  # 1.89 is below 3890 / 2**11
