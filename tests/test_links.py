"""Links: identities between them, and where a limit exists or does not."""

import mpmath
import numpy as np
import pytest

import lossref

INF, NAN = np.inf, np.nan
Z = np.array([-800.0, -40.0, -1.5, 0.0, 0.25, 36.8, 700.0])


def test_two_classes_are_the_sigmoid() -> None:  # LNK.10
    pairs = np.stack([np.zeros_like(Z), Z], axis=1)
    np.testing.assert_allclose(lossref.softmax(pairs)[:, 1], lossref.sigmoid(Z), rtol=1e-15)
    np.testing.assert_allclose(lossref.logsumexp(pairs), lossref.softplus(Z), rtol=1e-15)


def test_logits_that_move_together_change_nothing() -> None:  # LNK.9; 2^k moves are exact here
    z = np.array([[0.0, 1.5, -3.25], [10.0, -10.0, 0.5]])
    np.testing.assert_array_equal(lossref.softmax(z + 1024), lossref.softmax(z))
    np.testing.assert_array_equal(lossref.log_softmax(z - 4096), lossref.log_softmax(z))


def test_the_rounding_of_the_shift_is_put_back() -> None:
    # 0.1 - 700.3 rounds by up to 5.7e-14, which exp turns into 256 ulp; mpmath, 80 digits:
    # e = exp(mpf(z[0]) - mpf(z[1])), exact = e / (1 + e)
    for z in ([0.1, 700.3], [-0.7, 511.9], [1 / 3, 300.123]):
        with mpmath.workdps(80):
            e = mpmath.exp(mpmath.mpf(z[0]) - mpmath.mpf(z[1]))
            exact = float(e / (1 + e))
        assert abs(lossref.softmax(z)[0] / exact - 1) < 3 * np.finfo(float).eps


@pytest.mark.parametrize(
    ("z", "p", "total"),
    [
        ([INF, 0.0], [1.0, 0.0], INF),
        ([-INF, 0.0], [0.0, 1.0], 0.0),
        ([INF, -INF], [1.0, 0.0], INF),
        ([INF, INF, 0.0], [NAN] * 3, INF),  # no limit: it depends on which grows faster
        ([-INF, -INF], [NAN] * 2, -INF),
        ([-INF], [1.0], -INF),  # one class is certain
        ([NAN, 0.0], [NAN] * 2, NAN),
    ],
)
def test_infinite_logits(z: list[float], p: list[float], total: float) -> None:
    np.testing.assert_array_equal(lossref.softmax(z), p)
    np.testing.assert_equal(lossref.logsumexp(z), total)
    with np.errstate(divide="ignore"):
        np.testing.assert_array_equal(lossref.log_softmax(z), np.log(p))


def test_leading_axes_and_memory_order() -> None:
    z = np.random.default_rng(0).normal(0, 5, (2, 3, 4))
    for f in (lossref.softmax, lossref.log_softmax, lossref.logsumexp):
        rows = np.array([[f(row) for row in block] for block in z])
        np.testing.assert_allclose(f(z), rows, rtol=1e-14)
        np.testing.assert_allclose(f(np.asfortranarray(z)), rows, rtol=1e-14)
        np.testing.assert_allclose(f(z[:, ::-1]), rows[:, ::-1], rtol=1e-14)
