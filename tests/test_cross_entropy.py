"""Cross-entropy: tiny losses, weights, masks, and the fused means against single examples."""

from itertools import product
from typing import Any

import numpy as np
import pytest

import lossref
from lossref._validate import BLOCK


def test_hand_computed() -> None:
    np.testing.assert_allclose(
        lossref.sigmoid_cross_entropy([0, 0, 0], [0, 1, 0.5]), np.log([2, 2, 2]), rtol=1e-15
    )
    np.testing.assert_allclose(
        lossref.softmax_cross_entropy(np.zeros((2, 4)), [0, 3]), np.log([4, 4]), rtol=1e-15
    )
    # p = 1/4: -log p, -1/p, 1/p^2; and for y = 0 with 1 - p = 3/4
    for y, value, grad, hess in [(1, np.log(4), -4, 16), (0, np.log(4 / 3), 4 / 3, 16 / 9)]:
        assert lossref.binary_cross_entropy(0.25, y) == pytest.approx(value, rel=1e-15, abs=0)
        assert lossref.binary_cross_entropy_grad(0.25, y) == pytest.approx(grad, rel=1e-15, abs=0)
        assert lossref.binary_cross_entropy_hess(0.25, y) == pytest.approx(hess, rel=1e-15, abs=0)
    np.testing.assert_array_equal(
        lossref.categorical_cross_entropy_grad([0.25, 0.75], 0), [-4.0, 0.0]
    )
    np.testing.assert_array_equal(
        lossref.categorical_cross_entropy_hess([0.25, 0.75], 0), [[16.0, 0.0], [0.0, 0.0]]
    )


@pytest.mark.parametrize("ahead", [40.0, 300.0, 700.0])
def test_a_confident_right_answer_costs_its_exponential(ahead: float) -> None:
    # log1p(e) = e (1 - e/2 + ...) with e = exp(-ahead): for ahead >= 40 equal to e within 1e-17
    e = np.exp(-ahead)
    row = [0.0, ahead]
    assert lossref.softmax_cross_entropy(row, 1) == pytest.approx(e, rel=1e-14, abs=0)
    np.testing.assert_allclose(lossref.softmax_cross_entropy_grad(row, 1), [e, -e], rtol=1e-14)
    np.testing.assert_allclose(
        lossref.softmax_cross_entropy_grad(row, [0.0, 1.0]), [e, -e], rtol=1e-14
    )
    assert lossref.sigmoid_cross_entropy(ahead, 1) == pytest.approx(e, rel=1e-14, abs=0)
    assert lossref.sigmoid_cross_entropy_grad(ahead, 1) == pytest.approx(-e, rel=1e-14, abs=0)


def test_a_nearly_hard_target_keeps_its_gradient() -> None:
    # p_1 = 1 - e, t_1 = 1 - d: the gradient is (+-)(e - d), and e - d has all digits
    d = 2.0**-40
    e = lossref.sigmoid(-20.0)
    grad = lossref.softmax_cross_entropy_grad([0.0, 20.0], [d, 1 - d])
    np.testing.assert_allclose(grad, [e - d, d - e], rtol=1e-15)


def test_a_gap_that_overflows_under_a_small_weight() -> None:
    # m - z = 2e308 is no float64, a quarter of it is
    assert lossref.softmax_cross_entropy([1e308, -1e308], [0.75, 0.25]) == 5e307
    assert lossref.softmax_cross_entropy([1e308, -1e308], 1) == np.inf


def test_pos_weight_counts_positives_that_often() -> None:
    z, y = np.array([-1.0, 0.5, 2.0]), np.array([1.0, 0.0, 1.0])
    for f in ("", "_grad", "_hess"):
        loss = getattr(lossref, f"sigmoid_cross_entropy{f}")
        np.testing.assert_allclose(
            loss(z, y, pos_weight=3), loss(z, y) * np.where(y == 1, 3, 1), rtol=1e-14
        )


DATA = np.random.default_rng(0)
N = BLOCK // 10 + 321  # more than one block of rows of 10
LABELS = DATA.integers(0, 10, N)
SOFT = DATA.dirichlet(np.ones(10), N)
WEIGHTS = DATA.uniform(0.1, 3, 10)
KEEP = DATA.random(N) < 0.7
CASES = list(product(["labels", "soft"], [None, WEIGHTS], [None, KEEP], [1.0, 500.0]))


@pytest.mark.parametrize("classes", [127, 128, 129, 50257, 100_003])
def test_rows_of_any_length(classes: int) -> None:
    """Short, in strips, as long as a block: equal logits cost ln K, and each class has 1/K.

    The bounds are those of tests/bounds.py.
    """
    eps = float(np.finfo(float).eps)
    for rows in (1, 3):
        z = np.full((rows, classes), 5.0)
        value, grad = lossref.softmax_cross_entropy_value_and_grad(z, [0] * rows)
        assert value == pytest.approx(np.log(classes), rel=4 * eps, abs=0)
        expected = (np.full_like(z, 1 / classes) - np.eye(1, classes)) / rows
        np.testing.assert_allclose(grad, expected, rtol=8 * eps)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("case", range(len(CASES)))
def test_fused_softmax_is_the_mean_of_the_examples(case: int, dtype: Any) -> None:
    kind, weights, where, scale = CASES[case]
    z = DATA.normal(0, scale, (N, 10)).astype(dtype)
    soft = SOFT.astype(dtype)
    target = LABELS if kind == "labels" else soft / soft.sum(axis=1, keepdims=True)
    one = np.eye(10)[LABELS] if kind == "labels" else target
    keep = np.ones(N, bool) if where is None else where
    total = (one[keep] * (1 if weights is None else weights)).sum()
    value, grad = lossref.softmax_cross_entropy_value_and_grad(
        z, target, class_weights=weights, where=where
    )
    each = lossref.softmax_cross_entropy(z, target, class_weights=weights)
    slope = lossref.softmax_cross_entropy_grad(z, target, class_weights=weights)
    eps = float(np.finfo(dtype).eps)
    total = float(keep.sum()) if weights is None else total
    assert value == pytest.approx(each[keep].sum(dtype=float) / total, rel=8 * eps, abs=0)
    np.testing.assert_allclose(
        grad, np.where(keep[:, None], slope / total, 0), rtol=64 * eps, atol=4 * eps / total
    )


def test_rows_left_out_may_hold_anything() -> None:
    z = np.array([[1.0, 2.0], [np.nan, np.inf], [0.0, 0.0]])
    value, grad = lossref.softmax_cross_entropy_value_and_grad(
        z, [0, -100, 1], where=[True, False, True]
    )
    alone, slope = lossref.softmax_cross_entropy_value_and_grad(z[[0, 2]], [0, 1])
    assert value == pytest.approx(alone, rel=1e-15, abs=0)
    np.testing.assert_array_equal(grad[1], [0, 0])
    np.testing.assert_allclose(grad[[0, 2]], slope, rtol=1e-15)
    soft = np.array([[1.0, 0.0], [np.nan, 7.0], [0.0, 1.0]])
    assert lossref.softmax_cross_entropy_value_and_grad(z, soft, where=[True, False, True])[
        0
    ] == pytest.approx(alone, rel=1e-15, abs=0)
    with pytest.raises(ValueError, match=r"class indices must lie in 0\.\.1, got -100"):
        lossref.softmax_cross_entropy_value_and_grad(z, [0, -100, 1], where=[True, True, False])


def test_fused_softmax_of_a_batch_of_sequences() -> None:
    z = np.random.default_rng(1).normal(0, 3, (4, 3, 5))
    labels = np.arange(12).reshape(4, 3) % 5
    weights, keep = np.arange(1.0, 6.0), labels != 2
    value, grad = lossref.softmax_cross_entropy_value_and_grad(
        z, labels, class_weights=weights, where=keep
    )
    flat, slope = lossref.softmax_cross_entropy_value_and_grad(
        z.reshape(12, 5), labels.ravel(), class_weights=weights, where=keep.ravel()
    )
    assert value == flat
    np.testing.assert_array_equal(grad, slope.reshape(z.shape))
    each = lossref.softmax_cross_entropy(z, labels, class_weights=weights)
    assert value == pytest.approx(each[keep].sum() / weights[labels][keep].sum(), rel=1e-14, abs=0)


def test_a_class_of_weight_zero_cannot_make_the_mean_infinite() -> None:
    z = np.array([[0.0, -np.inf], [0.0, 0.0]])
    value, grad = lossref.softmax_cross_entropy_value_and_grad(z, [1, 0], class_weights=[1, 0])
    assert value == pytest.approx(np.log(2), rel=1e-15, abs=0)
    np.testing.assert_array_equal(grad, [[0, 0], [-0.5, 0.5]])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("n", [1, BLOCK, 2 * BLOCK + 3])
def test_fused_sigmoid_is_the_mean_of_the_examples(n: int, soft: bool, dtype: Any) -> None:
    rng = np.random.default_rng(n)
    z = rng.normal(0, 10, n).astype(dtype)
    y = (rng.random(n) if soft else rng.integers(0, 2, n)).astype(dtype)
    value, grad = lossref.sigmoid_cross_entropy_value_and_grad(z, y)
    eps = float(np.finfo(dtype).eps)
    each = lossref.sigmoid_cross_entropy(z, y)
    assert value == pytest.approx(np.mean(each, dtype=float), rel=8 * eps, abs=0)
    np.testing.assert_allclose(
        grad, lossref.sigmoid_cross_entropy_grad(z, y) / n, rtol=8 * eps, atol=2 * eps / n
    )


def test_fused_sigmoid_of_a_target_of_one_half() -> None:
    grad = lossref.sigmoid_cross_entropy_value_and_grad([1e-20, 40.0], [0.5, 1.0])[1]
    np.testing.assert_allclose(grad, [1.25e-21, -lossref.sigmoid(-40.0) / 2], rtol=1e-15)


def test_fused_sigmoid_at_the_limits() -> None:
    value, grad = lossref.sigmoid_cross_entropy_value_and_grad(
        [np.inf, -np.inf, 0.0], [1.0, 0.0, 0.0]
    )
    assert value == pytest.approx(np.log(2) / 3, rel=1e-15, abs=0)
    np.testing.assert_allclose(grad, [0, 0, 1 / 6], rtol=1e-15)
    assert lossref.sigmoid_cross_entropy_value_and_grad([np.inf, 0.0], [0.0, 1.0])[0] == np.inf


@pytest.mark.parametrize("name", ["mean_squared_error", "sigmoid_cross_entropy"])
def test_out_receives_the_gradient(name: str) -> None:
    f = getattr(lossref, f"{name}_value_and_grad")
    z, y = np.array([0.5, -2.0]), np.array([1.0, 0.0])
    out = np.empty(2)
    value, grad = f(z, y, out=out)
    assert grad is out
    assert value == f(z, y)[0]
    for overlapping in (z, y):
        with pytest.raises(ValueError, match="share memory"):
            f(z, y, out=overlapping)


def test_out_of_the_softmax_receives_the_gradient() -> None:
    z, out = np.array([[0.5, -2.0], [600.0, 0.0]]), np.empty((2, 2))
    assert lossref.softmax_cross_entropy_value_and_grad(z, [0, 1], out=out)[1] is out
    with pytest.raises(ValueError, match="share memory"):
        lossref.softmax_cross_entropy_value_and_grad(z, [0, 1], out=z)


def test_out_stays_as_it_was_when_the_input_is_wrong() -> None:
    """Also where the last of many blocks holds the wrong one."""
    z, labels = np.zeros((50_000, 4)), np.zeros(50_000, int)
    targets, out = np.zeros(z.shape), np.full(z.shape, 7.0)
    labels[-1], targets[-1, -1] = 4, 1.5
    with pytest.raises(ValueError, match="must lie in"):
        lossref.softmax_cross_entropy_value_and_grad(z, labels, out=out)
    with pytest.raises(ValueError, match="must lie in"):
        lossref.sigmoid_cross_entropy_value_and_grad(z, targets, out=out)
    assert (out == 7).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("extreme", [-1e4, -40, 40, 200, 1e4])
@pytest.mark.parametrize("n", [5, 1000])
def test_one_extreme_logit_among_moderate_ones(n: int, extreme: float, dtype) -> None:
    """The short way of the fused functions hands over to the general one, without a warning."""
    rng = np.random.default_rng(8)
    z = rng.normal(size=(n, 4)).astype(dtype)
    z[n // 2, 1] = extreme
    tolerance = 20 * float(np.finfo(dtype).eps)
    for label in (0, 1):
        t = np.full(n, label)
        value, grad = lossref.softmax_cross_entropy_value_and_grad(z, t)
        assert value == pytest.approx(
            lossref.softmax_cross_entropy(z, t).mean(), rel=tolerance, abs=0
        )
        np.testing.assert_allclose(
            grad, lossref.softmax_cross_entropy_grad(z, t) / dtype(n), rtol=tolerance
        )
        y = np.full(z.shape, label, dtype)
        value, grad = lossref.sigmoid_cross_entropy_value_and_grad(z, y)
        assert value == pytest.approx(
            lossref.sigmoid_cross_entropy(z, y).mean(), rel=tolerance, abs=0
        )
        np.testing.assert_allclose(
            grad, lossref.sigmoid_cross_entropy_grad(z, y) / dtype(z.size), rtol=tolerance
        )
