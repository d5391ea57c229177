"""What is true for all inputs, searched by hypothesis."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import lossref as lr

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=80)
settings.load_profile("repeatable")

logit = st.floats(-700, 700)
logits = st.integers(2, 6).flatmap(lambda k: arrays(np.float64, k, elements=logit))
share = st.floats(0, 1)


def target(z: np.ndarray, seed: int) -> np.ndarray:
    """A distribution over as many classes as z has."""
    return np.random.default_rng(seed).dirichlet(np.full(len(z), 0.5))


@given(logits, st.integers(0, 99), st.floats(-1e3, 1e3))
def test_softmax_cross_entropy_does_not_change_with_a_common_shift(z, seed, shift) -> None:
    t = target(z, seed)
    np.testing.assert_allclose(
        lr.softmax_cross_entropy(z + shift, t), lr.softmax_cross_entropy(z, t), rtol=1e-9, atol=1e-9
    )


@given(logits, st.integers(0, 99))
def test_permuting_the_classes_permutes_the_gradient(z, seed) -> None:
    order = np.random.default_rng(seed).permutation(len(z))
    c = int(order[0])
    np.testing.assert_allclose(
        lr.softmax_cross_entropy_grad(z[order], 0),
        lr.softmax_cross_entropy_grad(z, c)[order],
        rtol=1e-13,
    )


@given(logits, st.integers(0, 99))
def test_cross_entropy_is_at_least_the_entropy_of_the_target(z, seed) -> None:
    t = target(z, seed)
    assert lr.softmax_cross_entropy(z, t) >= lr.entropy(t) * (1 - 1e-12)
    assert lr.softmax_cross_entropy(np.log(t + 1e-300), t) <= lr.entropy(t) + 1e-9


@given(logits, st.integers(0, 99))
def test_the_gradient_sums_to_zero_and_vanishes_at_the_minimum(z, seed) -> None:
    t = target(z, seed)
    assert abs(lr.softmax_cross_entropy_grad(z, t).sum()) < 1e-14
    assert np.abs(lr.softmax_cross_entropy_grad(z, lr.softmax(z))).max() < 1e-15


@given(logits, logits, st.integers(0, 99), share)
def test_cross_entropy_is_convex_in_the_logits(a, b, seed, s) -> None:
    k = min(len(a), len(b))
    a, b = a[:k], b[:k]
    t = target(a, seed)
    mixed = lr.softmax_cross_entropy(s * a + (1 - s) * b, t)
    chord = s * lr.softmax_cross_entropy(a, t) + (1 - s) * lr.softmax_cross_entropy(b, t)
    assert mixed <= chord + 1e-9 * (1 + abs(chord))


@given(logits, st.integers(0, 5))
def test_the_gradients_of_both_losses_are_never_opposed(z, c) -> None:
    c %= len(z)
    ce, se = lr.softmax_cross_entropy_grad(z, c), lr.softmax_squared_error_grad(z, c)
    assert ce @ se >= -1e-15 * np.linalg.norm(ce) * np.linalg.norm(se)


@given(logit, share)
def test_the_sigmoid_gradients_have_one_sign(z, y) -> None:
    ce, se = lr.sigmoid_cross_entropy_grad(z, y), lr.sigmoid_squared_error_grad(z, y)
    assert ce * se >= 0 or min(abs(ce), abs(se)) < 1e-15
    assert abs(ce) <= 1
    assert abs(se) <= 8 / 27 + 1e-15


@given(arrays(np.float64, 5, elements=st.floats(0.01, 1)), st.integers(0, 4))
def test_the_log_score_is_at_least_the_brier_score(weights, c) -> None:
    p = weights / weights.sum()
    assert lr.categorical_cross_entropy(p, c) >= lr.brier_score(p, c) - 1e-15
    assert 0 <= lr.brier_score(p, c) <= 2


@given(logit)
def test_two_classes_are_the_binary_case(z) -> None:
    for y in (0, 1):
        binary = lr.sigmoid_cross_entropy(z, y)
        np.testing.assert_allclose(lr.softmax_cross_entropy([0.0, z], y), binary, rtol=1e-14)
        np.testing.assert_allclose(
            2 * lr.sigmoid_squared_error(z, y), lr.softmax_squared_error([0.0, z], y), rtol=1e-13
        )


@given(arrays(np.float64, 7, elements=st.floats(-100, 100)), st.floats(-100, 100))
def test_the_mean_minimizes_the_mean_squared_error(y, other) -> None:
    best = lr.mean_squared_error(np.full(7, y.mean()), y)
    assert best <= lr.mean_squared_error(np.full(7, other), y) + 1e-9


@given(arrays(np.float64, 7, elements=st.floats(-100, 100)))
def test_mean_squared_error_is_variance_plus_squared_bias(residual) -> None:
    mse = lr.mean_squared_error(residual, np.zeros(7))
    np.testing.assert_allclose(mse, residual.var() + residual.mean() ** 2, rtol=1e-10, atol=1e-12)


@given(st.floats(-50, 50), share, st.floats(0, 5))
def test_focal_loss_without_focus_is_cross_entropy(z, y, alpha) -> None:
    np.testing.assert_allclose(lr.focal(z, y, gamma=0), lr.sigmoid_cross_entropy(z, y), rtol=1e-13)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 10))
def test_huber_lies_between_half_square_and_line(e, delta) -> None:
    value = lr.huber(e, 0.0, delta=delta)
    assert value <= e * e / 2 + 1e-12
    assert value <= delta * abs(e) + 1e-12
    np.testing.assert_allclose(value, delta**2 * lr.huber(e / delta, 0.0), rtol=1e-12)


@given(logits, st.integers(0, 99))
def test_kl_is_cross_entropy_minus_entropy(z, seed) -> None:
    z = np.clip(z, -30, 30)
    t, q = target(z, seed), lr.softmax(z)
    np.testing.assert_allclose(
        lr.kl_divergence(t, q),
        lr.categorical_cross_entropy(q, t) - lr.entropy(t),
        rtol=1e-9,
        atol=1e-12,
    )
    assert lr.kl_divergence(t, q) >= -1e-15


@given(arrays(np.float64, (4, 3), elements=logit))
def test_rows_are_independent(z) -> None:
    rows = lr.softmax_cross_entropy_grad(z, [0, 1, 2, 0])
    for row, (one, c) in zip(rows, zip(z, [0, 1, 2, 0], strict=True), strict=True):
        np.testing.assert_allclose(row, lr.softmax_cross_entropy_grad(one, c), rtol=1e-14)
