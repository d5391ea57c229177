"""Closed forms, edges of the domain, and full relative accuracy where textbook code rounds to 0."""

import mpmath
import numpy as np
import pytest

import lossref as lr

INF = np.inf


def exact(value: mpmath.mpf) -> float:
    return float(value)


def close(got: float, expected: mpmath.mpf, ulps: int = 4) -> None:
    """Within a few units in the last place of float64."""
    assert abs(mpmath.mpf(got) - expected) <= ulps * mpmath.mpf(
        float(np.spacing(abs(float(expected))))
    )


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(500):  # 1 - exp(-700) needs 300 digits
        yield


@pytest.mark.parametrize("z", [-700.0, -40.0, -3.7, -1e-9, 0.0, 1e-12, 0.3, 16.64, 36.74, 600.0])
def test_sigmoid_family(z: float) -> None:
    x = mpmath.mpf(z)
    p = 1 / (1 + mpmath.exp(-x))
    close(lr.sigmoid(z), p)
    close(lr.softplus(z), mpmath.log1p(mpmath.exp(x)))
    close(lr.log_sigmoid(z), -mpmath.log1p(mpmath.exp(-x)))
    for y in (0, 1):
        close(lr.sigmoid_cross_entropy(z, y), mpmath.log1p(mpmath.exp(x if y == 0 else -x)))
        close(lr.sigmoid_cross_entropy_grad(z, y), p - y)
        close(lr.sigmoid_cross_entropy_hess(z, y), p * (1 - p))
        close(lr.sigmoid_squared_error(z, y), (p - y) ** 2)
        close(lr.sigmoid_squared_error_grad(z, y), 2 * (p - y) * p * (1 - p), 6)
        close(lr.focal(z, y), abs(p - y) ** 2 * mpmath.log1p(mpmath.exp(x if y == 0 else -x)), 6)


@pytest.mark.parametrize("ahead", [0.0, 12.0, 40.0, 300.0, 700.0])
@pytest.mark.parametrize("offset", [0.0, 1e4, -1e6])
def test_softmax_family(ahead: float, offset: float) -> None:
    z = np.array([0.0, ahead, -1.5, 0.25]) + offset
    e = [mpmath.exp(mpmath.mpf(float(v)) - mpmath.mpf(float(z.max()))) for v in z]
    total = mpmath.fsum(e)
    p = [v / total for v in e]
    for k in range(4):
        close(lr.softmax(z)[k], p[k])
        close(lr.log_softmax(z)[k], mpmath.log(p[k]))
        others = mpmath.fsum(p[j] for j in range(4) if j != k)
        close(lr.softmax_cross_entropy(z, k), -mpmath.log(p[k]))
        close(lr.softmax_cross_entropy_grad(z, k)[k], -others)
        close(lr.softmax_cross_entropy_hess(z, 0)[k, k], p[k] * others)
        squares = others**2 + mpmath.fsum(p[j] ** 2 for j in range(4) if j != k)
        close(lr.softmax_squared_error(z, k), squares, 6)
    close(lr.logsumexp(z), mpmath.log(total) + mpmath.mpf(float(z.max())))


@pytest.mark.parametrize("p", [1e-300, 1e-20, 0.1, 0.5, 1 - 1e-16])
def test_from_probabilities(p: float) -> None:
    x = mpmath.mpf(p)
    close(lr.binary_cross_entropy(p, 1), -mpmath.log(x))
    close(lr.binary_cross_entropy(p, 0), -mpmath.log(1 - x))
    close(lr.binary_cross_entropy_grad(p, 0), 1 / (1 - x))
    close(lr.binary_cross_entropy_grad(p, 1), -1 / x)
    close(lr.binary_cross_entropy_grad(p, 0.25), (x - mpmath.mpf(0.25)) / (x * (1 - x)))


def test_infinite_logits() -> None:
    assert lr.sigmoid([INF, -INF]).tolist() == [1, 0]
    assert lr.softplus([INF, -INF]).tolist() == [INF, 0]
    assert lr.sigmoid_cross_entropy([INF, -INF], [1, 0]).tolist() == [0, 0]
    assert lr.sigmoid_cross_entropy([-INF, INF], [1, 0]).tolist() == [INF, INF]
    assert lr.sigmoid_cross_entropy_grad([-INF, INF, INF], [1, 0, 1]).tolist() == [-1, 1, 0]
    assert lr.focal([INF, -INF, -INF], [1, 0, 1]).tolist() == [0, 0, INF]
    assert lr.focal_grad([INF, -INF, -INF], [1, 0, 1]).tolist() == [0, 0, -1]


def test_a_masked_class_costs_nothing() -> None:
    z = [0.0, -INF, 0.0]
    assert lr.softmax(z).tolist() == [0.5, 0, 0.5]
    assert lr.log_softmax(z)[1] == -INF
    assert lr.softmax_cross_entropy(z, 0) == pytest.approx(np.log(2), rel=1e-15)
    assert lr.softmax_cross_entropy(z, [0.5, 0.0, 0.5]) == pytest.approx(np.log(2), rel=1e-15)
    assert lr.softmax_cross_entropy(z, 1) == INF
    assert lr.softmax_cross_entropy_grad(z, 1).tolist() == [0.5, -1, 0.5]
    assert lr.softmax_squared_error_grad(z, 0)[1] == 0


def test_rows_without_a_finite_logit() -> None:
    assert lr.softmax([0.0, INF]).tolist() == [0, 1]
    assert np.isnan(lr.softmax([INF, INF])).all()
    assert np.isnan(lr.softmax([-INF, -INF])).all()
    assert lr.logsumexp([-INF, -INF]) == -INF
    assert lr.logsumexp([0.0, INF]) == INF


def test_logits_at_the_end_of_the_range() -> None:
    z = [1e308, -1e308]
    assert lr.softmax(z).tolist() == [1, 0]
    assert lr.softmax_cross_entropy(z, 0) == 0
    assert lr.softmax_cross_entropy(z, 1) == INF  # 2e308 is no float64


def test_certain_predictions() -> None:
    assert lr.binary_cross_entropy([0.0, 1.0, 0.0, 1.0], [0, 1, 1, 0]).tolist() == [0, 0, INF, INF]
    assert lr.binary_cross_entropy_grad([0.0, 1.0, 0.0, 1.0], [0, 1, 1, 0]).tolist() == [
        1,
        -1,
        -INF,
        INF,
    ]
    assert lr.binary_cross_entropy_hess([0.0, 1.0, 0.0], [0, 1, 1]).tolist() == [1, 1, INF]
    assert lr.categorical_cross_entropy([[1.0, 0.0]] * 2, [0, 1]).tolist() == [0, INF]
    assert lr.categorical_cross_entropy_grad([1.0, 0.0], 0).tolist() == [-1, 0]
    assert lr.kl_divergence([0.5, 0.5], [1.0, 0.0]) == INF
    assert lr.kl_divergence([1.0, 0.0], [1.0, 0.0]) == 0
    assert lr.entropy([1.0, 0.0]) == 0


def test_closed_forms() -> None:
    assert lr.softmax_cross_entropy(np.zeros(10), 3) == pytest.approx(np.log(10), rel=1e-15)
    assert lr.entropy([0.0, 0.25, 0.25, 0.5]) == pytest.approx(1.5 * np.log(2), rel=1e-15)
    assert lr.brier_score(
        [[1 / 3] * 3, [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], [0, 0, 0]
    ) == pytest.approx([2 / 3, 0, 2], rel=1e-15)
    # maximum of 2 p^2 (1 - p) at p = 2/3, that is z = log 2
    assert lr.sigmoid_squared_error_grad(np.log(2), 0) == pytest.approx(8 / 27, rel=1e-15)
    assert lr.huber([0.5, 3.0, -3.0], np.zeros(3), delta=2.0).tolist() == [0.125, 4.0, 4.0]
    assert lr.huber_grad([0.5, 3.0, -3.0], np.zeros(3), delta=2.0).tolist() == [0.5, 2.0, -2.0]
    assert lr.absolute_error([1.0, -2.0], [0.0, 0.0]).tolist() == [1, 2]
    np.testing.assert_allclose(
        lr.smooth_labels([0, 2], 4, 0.2),
        [[0.85, 0.05, 0.05, 0.05], [0.05, 0.05, 0.85, 0.05]],
        rtol=1e-15,
    )
    np.testing.assert_allclose(lr.smooth_labels([[0.5, 0.5]], 2, 0.5), [[0.5, 0.5]], rtol=1e-15)
    np.testing.assert_allclose(
        lr.logit_adjustment(np.zeros((1, 2)), [0.75, 0.25], tau=2.0),
        [[2 * np.log(0.75), 2 * np.log(0.25)]],
        rtol=1e-15,
    )
    # odds 1 at prevalence 1/2 become odds 1/9 at prevalence 1/10
    assert lr.prior_correction(0.0, trained=0.5, actual=0.1) == pytest.approx(-np.log(9), rel=1e-14)


def test_class_weights() -> None:
    z, t, w = (
        np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]),
        np.array([0, 1]),
        np.array([6.0, 4.0, 1.0]),
    )
    plain = lr.softmax_cross_entropy(z, t)
    np.testing.assert_allclose(
        lr.softmax_cross_entropy(z, t, class_weights=w), w[t] * plain, rtol=1e-14
    )
    value, grad = lr.softmax_cross_entropy_value_and_grad(z, t, class_weights=w)
    assert value == pytest.approx((w[t] * plain).sum() / w[t].sum(), rel=1e-14)
    np.testing.assert_allclose(
        grad, lr.softmax_cross_entropy_grad(z, t, class_weights=w) / 10, rtol=1e-14
    )
    p = lr.softmax(z)
    np.testing.assert_allclose(
        lr.categorical_cross_entropy(p, t, class_weights=w), w[t] * plain, rtol=1e-12
    )


def test_weighted_mean() -> None:
    assert lr.weighted_mean([1.0, 3.0]) == 2
    assert lr.weighted_mean([1.0, 3.0], [1.0, 3.0]) == 2.5
    assert lr.weighted_mean([1.0, 3.0, INF], [1.0, 3.0, 0.0]) == 2.5
    assert lr.weighted_mean([1.0, 3.0, 9.0], where=[True, True, False]) == 2


def test_mean_that_fits_although_its_squares_do_not() -> None:
    n, big = 10_000, 1e155
    a = np.zeros(n)
    a[0] = big  # its square is 1e310, the mean 1e306
    assert lr.mean_squared_error(a, np.zeros(n)) == pytest.approx(1e306, rel=1e-14)
    value, grad = lr.mean_squared_error_value_and_grad(a, np.zeros(n))
    assert value == pytest.approx(1e306, rel=1e-14)
    assert grad[0] == pytest.approx(2e151, rel=1e-15)
    assert lr.mean_squared_error([1e200], [0.0]) == INF
    assert lr.mean_squared_error([INF], [0.0]) == INF
    assert np.isnan(lr.mean_squared_error([np.nan, 1e200], [0.0, 0.0]))


def test_fused_equals_per_example() -> None:
    rng = np.random.default_rng(7)
    n = 70_001  # more than two blocks, and not a multiple of one
    a, b = rng.normal(size=n), rng.normal(size=n)
    value, grad = lr.mean_squared_error_value_and_grad(a, b)
    assert value == pytest.approx(lr.squared_error(a, b).mean(), rel=1e-13)
    np.testing.assert_allclose(grad, lr.squared_error_grad(a, b) / n, rtol=1e-14)
    y = (b > 0).astype(int)
    value, grad = lr.sigmoid_cross_entropy_value_and_grad(a, y)
    assert value == pytest.approx(lr.sigmoid_cross_entropy(a, y).mean(), rel=1e-13)
    np.testing.assert_allclose(grad, lr.sigmoid_cross_entropy_grad(a, y) / n, rtol=1e-14)
    z, t = rng.normal(size=(7001, 11)), rng.integers(11, size=7001)
    keep = rng.random(7001) < 0.8
    out = np.empty_like(z)
    value, grad = lr.softmax_cross_entropy_value_and_grad(z, t, where=keep, out=out)
    assert grad is out
    assert value == pytest.approx(lr.softmax_cross_entropy(z, t)[keep].mean(), rel=1e-13)
    expected = np.where(keep[:, None], lr.softmax_cross_entropy_grad(z, t) / keep.sum(), 0)
    np.testing.assert_allclose(grad, expected, rtol=1e-14)
