"""Variants: the values that define them, and the probability statements behind the corrections."""

import numpy as np
import pytest

import lossref


def test_huber_pieces_meet() -> None:  # at |r| = delta both are delta^2 / 2, with slope delta
    r = np.array([-3.0, -2.0, 0.5, 2.0, 4.0])
    zero = np.zeros(5)
    np.testing.assert_array_equal(lossref.huber(r, zero, delta=2), [4, 2, 0.125, 2, 6])
    np.testing.assert_array_equal(lossref.huber_grad(r, zero, delta=2), [-2, -2, 0.5, 2, 2])


def test_absolute_error_has_subgradient_zero_at_zero() -> None:
    r, zero = np.array([-3.0, 0.0, 0.25]), np.zeros(3)
    np.testing.assert_array_equal(lossref.absolute_error(r, zero), [3, 0, 0.25])
    np.testing.assert_array_equal(lossref.absolute_error_grad(r, zero), [-1, 0, 1])


def test_focal_at_one_half() -> None:  # (1 - 1/2)^gamma log 2
    for gamma in (0, 1, 2, 5):
        assert lossref.focal(0.0, 1, gamma=gamma) == pytest.approx(
            0.5**gamma * np.log(2), rel=1e-15, abs=0
        )
    got = lossref.focal([0.0, 0.0], [1, 0], gamma=2, alpha=0.25)
    np.testing.assert_allclose(got, np.array([0.25, 0.75]) * 0.25 * np.log(2), rtol=1e-15)


def test_focal_at_the_limits() -> None:
    z, y = [np.inf, -np.inf, np.inf, -np.inf], [1, 0, 0, 1]
    np.testing.assert_array_equal(lossref.focal(z, y), [0, 0, np.inf, np.inf])
    np.testing.assert_array_equal(lossref.focal_grad(z, y), [0, 0, 1, -1])


def test_smooth_labels_from_indices_and_distributions() -> None:
    expected = np.array([[0.925, 0.025, 0.025, 0.025], [0.025, 0.025, 0.025, 0.925]])
    np.testing.assert_allclose(lossref.smooth_labels([0, 3], 4, 0.1), expected, rtol=1e-15)
    one_hot = np.eye(4)[[0, 3]]
    np.testing.assert_allclose(lossref.smooth_labels(one_hot, 4, 0.1), expected, rtol=1e-15)


def test_adjusted_logits_are_a_posterior() -> None:
    # Bayes: softmax(z + log prior) is proportional to exp(z) prior
    z, prior = np.array([0.3, -1.0, 2.0]), np.array([0.7, 0.2, 0.1])
    joint = np.exp(z) * prior
    got = lossref.softmax(lossref.logit_adjustment(z, prior))
    np.testing.assert_allclose(got, joint / joint.sum(), rtol=1e-14)
    np.testing.assert_array_equal(lossref.logit_adjustment(z, prior, tau=0), z)


def test_prior_correction_multiplies_the_odds() -> None:
    # sampled 1:1, true share 1/10: the odds shrink by (1/9) / 1
    p = lossref.sigmoid(lossref.prior_correction([0.0, 1.0], trained=0.5, actual=0.1))
    np.testing.assert_allclose(p / (1 - p), np.exp([0.0, 1.0]) / 9, rtol=1e-14)
