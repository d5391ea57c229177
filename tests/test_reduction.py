"""The weighted mean: what it divides by, and what must not spoil it."""

import numpy as np
import pytest

import lossref


def test_it_divides_by_the_weights() -> None:
    assert lossref.weighted_mean([1.0, 3.0]) == 2
    assert lossref.weighted_mean([1.0, 3.0], [1, 3]) == 2.5
    assert lossref.weighted_mean([[1.0, 3.0], [5.0, 7.0]], [[1, 0], [0, 1]]) == 4


def test_what_has_no_weight_or_is_left_out_does_not_count() -> None:
    assert lossref.weighted_mean([2.0, np.inf], [1, 0]) == 2
    assert lossref.weighted_mean([2.0, np.nan], where=[True, False]) == 2
    assert lossref.weighted_mean([2.0, 5.0], [1, -1], where=[True, False]) == 2
    assert np.isnan(lossref.weighted_mean([2.0, np.nan]))


@pytest.mark.parametrize("scale", [1e-308, 1.0, 1e308])
def test_only_the_ratio_of_the_weights_counts(scale: float) -> None:
    got = lossref.weighted_mean([1.0, 2.0, 4.0], np.array([0.5, 1.0, 0.5]) * scale)
    assert got == pytest.approx(2.25, rel=1e-15, abs=0)


def test_a_sum_that_overflows_while_the_mean_does_not() -> None:
    assert lossref.weighted_mean([1e308, 1.5e308]) == pytest.approx(1.25e308, rel=1e-15, abs=0)


def test_float32_losses_are_averaged_in_float64() -> None:
    losses = np.full(1_000_001, 0.1, np.float32)
    assert lossref.weighted_mean(losses) == pytest.approx(float(np.float32(0.1)), rel=1e-14, abs=0)
