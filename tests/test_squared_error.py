"""Squared error: exact integers, dtypes, blocks, and the forms through sigmoid and softmax."""

import numpy as np
import pytest

import lossref
from lossref._validate import BLOCK


def test_hand_computed() -> None:  # (3 - 5)^2, (1 - 1)^2, (-2 - 1)^2
    prediction, target = [3.0, 1.0, -2.0], [5, 1, 1]
    np.testing.assert_array_equal(lossref.squared_error(prediction, target), [4, 0, 9])
    np.testing.assert_array_equal(lossref.squared_error_grad(prediction, target), [-4, 0, -6])
    np.testing.assert_array_equal(lossref.squared_error_hess(prediction, target), [2, 2, 2])
    assert lossref.mean_squared_error(prediction, target) == 13 / 3
    np.testing.assert_allclose(
        lossref.mean_squared_error_grad(prediction, target), [-4 / 3, 0, -2], rtol=1e-15
    )


def test_integers_too_long_for_float32_are_not_rounded() -> None:
    prediction = np.float32([16777216])
    small, large = lossref.squared_error(prediction, [3]), np.array([16777217])
    assert small.dtype == np.float32
    assert lossref.squared_error(prediction, large) == [1.0]


def test_a_float32_mean_does_not_drift() -> None:
    """Within 1 ulp of float32; added up one by one in float32, a million squares are off by 1 %."""
    prediction = np.full(1_000_001, 0.1, np.float32)
    exact = float(prediction[0]) ** 2
    assert lossref.mean_squared_error(prediction, 0 * prediction) == pytest.approx(
        exact, rel=2**-23, abs=0
    )
    assert abs(np.cumsum(prediction**2)[-1] / len(prediction) / exact - 1) > 0.005
    tiny = np.array([1e-30, 0], np.float32)  # nor does this square
    assert lossref.mean_squared_error(tiny, 0 * tiny) == pytest.approx(
        float(tiny[0]) ** 2 / 2, rel=1e-15, abs=0
    )
    assert lossref.mean_squared_error(0 * tiny, 0 * tiny) == 0
    huge = np.array([1e30, 0], np.float32)  # the square does not fit float32, the mean fits a float
    assert lossref.mean_squared_error(huge, 0 * huge) == pytest.approx(float(huge[0]) ** 2 / 2)


@pytest.mark.parametrize("n", [1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7])
def test_blocks_cover_every_element_once(n: int) -> None:
    prediction = np.arange(n, dtype=float)
    value, grad = lossref.mean_squared_error_value_and_grad(prediction, np.zeros(n))
    assert value == pytest.approx(
        (n - 1) * (2 * n - 1) / 6, rel=1e-15, abs=0
    )  # sum of squares over n
    np.testing.assert_allclose(grad, 2 * prediction / n, rtol=1e-15)


def test_infinite_errors() -> None:
    assert lossref.mean_squared_error([np.inf, 1.0], [0.0, 1.0]) == np.inf
    assert np.isnan(lossref.mean_squared_error([np.inf, 1.0], [np.inf, 1.0]))


def test_a_right_and_confident_answer_keeps_its_gradient() -> None:
    # two classes, logits (z, 0), eps = sigmoid(-z): by hand the gradient is -4 eps^2 (1 - eps)
    eps = lossref.sigmoid(-30.0)
    grad = lossref.softmax_squared_error_grad([30.0, 0.0], 0)
    np.testing.assert_allclose(grad, [-4 * eps**2 * (1 - eps), 4 * eps**2 * (1 - eps)], rtol=1e-14)
    assert lossref.softmax_squared_error([30.0, 0.0], 0) == pytest.approx(
        2 * eps**2, rel=1e-14, abs=0
    )


def test_the_sigmoid_residual_is_odd_around_one_half() -> None:
    # sigmoid(z) - 1/2 = z / 4 to first order, also where sigmoid(z) rounds to 1/2
    assert lossref.sigmoid_cross_entropy_grad(1e-20, 0.5) == pytest.approx(
        2.5e-21, rel=1e-15, abs=0
    )
    assert lossref.sigmoid_squared_error(1e-20, 0.5) == pytest.approx(6.25e-42, rel=1e-15, abs=0)


def test_the_bound_of_the_saturating_gradient() -> None:  # SE.18: 8/27, at p = 1/3 for y = 1
    z = np.linspace(-20, 20, 400_001)
    steepest = np.abs(lossref.sigmoid_squared_error_grad(z, np.ones_like(z)))
    assert steepest.max() == pytest.approx(8 / 27, rel=1e-9, abs=0)
    assert lossref.sigmoid(z[steepest.argmax()]) == pytest.approx(1 / 3, abs=1e-4)


def test_brier_score_by_class_and_by_distribution() -> None:
    p = np.array([[0.5, 0.25, 0.25], [0.0, 1.0, 0.0]])
    np.testing.assert_array_equal(lossref.brier_score(p, [0, 2]), [0.375, 2.0])  # SE.19: at most 2
    np.testing.assert_array_equal(lossref.brier_score(p, np.eye(3)[[0, 2]]), [0.375, 2.0])
    np.testing.assert_array_equal(lossref.brier_score_grad(p, [0, 2])[0], [-1.0, 0.5, 0.5])


def test_longer_floats_are_refused_rather_than_rounded() -> None:
    if np.dtype(np.longdouble).itemsize == 8:
        pytest.skip("long double is float64 on this platform")
    with pytest.raises(TypeError, match="float16, float32 or float64"):
        lossref.squared_error(np.longdouble([1]), [1.0])
