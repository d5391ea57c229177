"""Every gradient and Hessian against numerical derivatives of the function before it."""

from functools import partial

import numpy as np
import pytest

import lossref

rng = np.random.default_rng(20261121)
LOGITS = rng.normal(size=4)
SOFT = rng.dirichlet(np.ones(4))
WEIGHTS = np.array([0.5, 2.0, 1.0, 3.0])
Z = rng.normal(size=5) * 2
Y = np.array([0.0, 1.0, 0.3, 1.0, 0.5])
POINTS = rng.normal(size=5) * 2

# function, gradient, Hessian, argument, target
ELEMENTWISE = {
    "squared_error": ({}, POINTS, POINTS[::-1].copy(), True),
    "sigmoid_squared_error": ({}, Z, Y, True),
    "binary_cross_entropy": ({}, np.array([0.2, 0.7, 0.4, 0.6, 0.5]), Y, True),
    "sigmoid_cross_entropy": ({}, Z, Y, True),
    "sigmoid_cross_entropy weighted": ({"pos_weight": 3.0}, Z, Y, True),
    "absolute_error": ({}, POINTS, POINTS[::-1] + 0.1, False),
    "huber": ({"delta": 0.7}, POINTS, np.zeros(5), False),
    "focal": ({}, Z, Y, False),
    "focal weighted": ({"gamma": 0.5, "alpha": 0.25}, Z, Y, False),
}
BY_ROW = {
    "softmax_squared_error index": ({}, LOGITS, 2, True),
    "softmax_squared_error soft": ({}, LOGITS, SOFT, True),
    "softmax_cross_entropy index": ({}, LOGITS, 1, True),
    "softmax_cross_entropy soft": ({}, LOGITS, SOFT, True),
    "softmax_cross_entropy weighted": ({"class_weights": WEIGHTS}, LOGITS, SOFT, True),
}


def functions(case: str, options: dict[str, object]):
    name = case.split()[0]
    return [
        partial(getattr(lossref, name + suffix), **options)
        if hasattr(lossref, name + suffix)
        else None
        for suffix in ("", "_grad", "_hess")
    ]


@pytest.mark.parametrize("case", ELEMENTWISE)
def test_elementwise(case: str) -> None:
    options, x, target, has_hessian = ELEMENTWISE[case]
    f, grad, hess = functions(case, options)
    for a, b in zip(x, target, strict=True):
        assert (
            lossref.check_gradient(
                lambda v, b=b: f(float(v), b), lambda v, b=b: grad(float(v), b), a
            )
            < 1e-8
        )
        if has_hessian:
            error = lossref.check_gradient(
                lambda v, b=b: grad(float(v), b), lambda v, b=b: hess(float(v), b), a
            )
            assert error < 1e-8
    assert grad(x, target).shape == x.shape


@pytest.mark.parametrize("case", BY_ROW)
def test_by_row(case: str) -> None:
    options, x, target, _ = BY_ROW[case]
    f, grad, hess = functions(case, options)
    assert lossref.check_gradient(lambda v: f(v, target), lambda v: grad(v, target), x) < 1e-8
    for k in range(4):
        error = lossref.check_gradient(
            lambda v, k=k: grad(v, target)[k], lambda v, k=k: hess(v, target)[k], x
        )
        assert error < 1e-7
    rows = np.stack([x, x + 1, -x])
    targets = np.stack([np.asarray(target)] * 3)
    assert hess(rows, targets).shape == (3, 4, 4)
    np.testing.assert_allclose(grad(rows, targets)[0], grad(x, target), rtol=1e-13)


# Functions of probabilities: the rows must sum to 1, so they are perturbed along differences.
@pytest.mark.parametrize("name", ["categorical_cross_entropy", "brier_score"])
def test_of_probabilities(name: str) -> None:
    f, grad = getattr(lossref, name), getattr(lossref, f"{name}_grad")
    p = np.array([0.1, 0.2, 0.3, 0.4])
    h = 1e-4
    for target in (SOFT, 1):
        for k in range(3):
            d = np.eye(4)[k] - np.eye(4)[3]
            slope = (
                8 * (f(p + h * d, target) - f(p - h * d, target))
                - (f(p + 2 * h * d, target) - f(p - 2 * h * d, target))
            ) / (12 * h)
            assert grad(p, target) @ d == pytest.approx(slope, rel=1e-9)


def test_categorical_hessian_is_the_derivative_of_the_gradient() -> None:
    p, h = np.array([0.1, 0.2, 0.3, 0.4]), 1e-5
    f, hess = lossref.categorical_cross_entropy_grad, lossref.categorical_cross_entropy_hess
    for k in range(3):
        d = np.eye(4)[k] - np.eye(4)[3]
        slope = (
            f(p + h * d, SOFT, class_weights=WEIGHTS) - f(p - h * d, SOFT, class_weights=WEIGHTS)
        ) / (2 * h)
        np.testing.assert_allclose(
            hess(p, SOFT, class_weights=WEIGHTS) @ d, slope, rtol=1e-6, atol=1e-6
        )


def test_kl_gradient() -> None:
    p, q, h = np.array([0.2, 0.3, 0.5]), np.array([0.4, 0.4, 0.2]), 1e-5
    d = np.array([1.0, -1.0, 0.0])
    slope = (lossref.kl_divergence(p, q + h * d) - lossref.kl_divergence(p, q - h * d)) / (2 * h)
    assert lossref.kl_divergence_grad(p, q) @ d == pytest.approx(slope, rel=1e-8)


def test_mean_squared_error() -> None:
    a, b = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    f, grad = lossref.mean_squared_error, lossref.mean_squared_error_grad
    assert lossref.check_gradient(lambda v: f(v, b), lambda v: grad(v, b), a) < 1e-9


@pytest.mark.parametrize("factor", [-1.0, 0.5, 2.0, 1.001])
def test_a_wrong_factor_is_noticed(factor: float) -> None:
    f, grad = lossref.softmax_cross_entropy, lossref.softmax_cross_entropy_grad
    error = lossref.check_gradient(lambda v: f(v, SOFT), lambda v: factor * grad(v, SOFT), LOGITS)
    assert error > 5e-4


def test_the_step_can_be_chosen() -> None:
    slope = lossref.numerical_gradient(lambda v: float(np.exp(v)), 0.0, step=1e-3)
    assert float(slope) == pytest.approx(1, rel=1e-11)


def test_check_of_nothing() -> None:
    assert lossref.check_gradient(lambda v: 0.0, lambda v: v, []) == 0


def test_losses_that_are_not_added_up_are_rejected() -> None:
    with pytest.raises(ValueError, match=r"a number, got an array of shape \(2,\)"):
        lossref.check_gradient(lambda v: v**2, lambda v: 2 * v, [1.0, 2.0])


def test_a_gradient_of_another_shape_is_rejected() -> None:
    with pytest.raises(ValueError, match=r"\(2,\), got \(\)"):
        lossref.check_gradient(lambda v: 0.0, lambda v: 0.0, [1.0, 2.0])
