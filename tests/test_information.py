"""Entropy and KL divergence: where terms cancel, and zeros."""

import math

import numpy as np
import pytest

import lossref
from lossref._stable import careful_sum


def test_hand_computed() -> None:
    assert lossref.entropy([0.5, 0.25, 0.25]) == pytest.approx(1.5 * np.log(2), rel=1e-15, abs=0)
    assert lossref.entropy([1.0, 0.0]) == 0
    # (1/2) log(1/2 / 1/4) + (1/2) log(1/2 / 3/4) = log(2 / sqrt 3)
    exact = np.log(2 / np.sqrt(3))
    assert lossref.kl_divergence([0.5, 0.5], [0.25, 0.75]) == pytest.approx(exact, rel=1e-14, abs=0)
    grad = lossref.kl_divergence_grad([0.5, 0.5], [0.25, 0.75])
    np.testing.assert_allclose(grad, [-2, -2 / 3], rtol=1e-15)


@pytest.mark.parametrize("shift", [2.0**-8, 2.0**-20, 2.0**-40])
def test_divergence_of_neighbors(shift: float) -> None:
    # q = (1/2 + s, 1/2 - s): KL = -(1/2) log(1 - 4 s^2); the naive sum keeps no digit at s = 2^-40
    exact = -0.5 * math.log1p(-4 * shift**2)
    got = lossref.kl_divergence([0.5, 0.5], [0.5 + shift, 0.5 - shift])
    assert got == pytest.approx(exact, rel=4e-16, abs=0)


def test_divergence_from_itself_is_zero() -> None:
    p = np.random.default_rng(0).dirichlet(np.ones(7), 50)
    np.testing.assert_array_equal(lossref.kl_divergence(p, p), np.zeros(50))


def test_quotients_beyond_the_range_of_floats() -> None:
    # p / q overflows; log p - log q = 0 - log(1e-310) = 713.8 does not
    got = lossref.kl_divergence([1.0, 0.0], [1e-310, 1.0])
    assert got == pytest.approx(-math.log(1e-310), rel=1e-15, abs=0)


def test_zeros() -> None:
    assert lossref.kl_divergence([0.0, 1.0], [0.0, 1.0]) == 0
    assert lossref.kl_divergence([0.0, 1.0], [0.5, 0.5]) == pytest.approx(
        np.log(2), rel=1e-15, abs=0
    )
    assert lossref.kl_divergence([0.5, 0.5], [0.0, 1.0]) == np.inf
    np.testing.assert_array_equal(lossref.kl_divergence_grad([0.0, 1.0], [0.0, 1.0]), [0, -1])


def test_careful_sum_keeps_what_cancels() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(0, 1, (20, 9)) * 10.0 ** rng.integers(-12, 0, (20, 9))
    rows = np.hstack([rows, -rows + 1e-25, rng.normal(0, 1e-20, (20, 3))])
    exact = np.array([math.fsum(row) for row in rows])
    bound = (rows.shape[1] * np.finfo(float).eps) ** 2 * np.abs(rows).max(axis=1)
    bound += np.finfo(float).eps * np.abs(exact)
    assert (np.abs(careful_sum(rows) - exact) <= bound).all()
    assert (np.abs(rows.sum(axis=1) - exact) > bound).any()  # the plain sum does not reach it
