"""From losses per example to one number: who divides by what, explicitly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lossref._stable import times
from lossref._validate import mask, non_negative, not_empty, real, same_shape


def weighted_mean(
    losses: ArrayLike, weights: ArrayLike | None = None, *, where: ArrayLike | None = None
) -> float:
    r"""Weighted mean of losses: the weighted sum divided by the sum of the weights.

    Formula: [RED.1][]; with `where`, [RED.2][].

    Parameters
    ----------
    losses : array_like
        One loss per example, any shape.
    weights : array_like, optional
        Non-negative weights of the same shape; all 1 if not given.
    where : array_like of bool, optional
        Examples to keep, same shape.

    Returns
    -------
    float
        The mean over the examples kept.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers, or `where` is not boolean.
    ValueError
        If shapes differ, a weight is negative, or there is nothing to average.

    Examples
    --------
    Dividing by the weights is not dividing by the number of examples.

    >>> import lossref
    >>> print(lossref.weighted_mean([1.0, 3.0], weights=[1.0, 3.0]), (1 * 1 + 3 * 3) / 2)
    2.5 5.0
    """
    values = real("losses", losses)
    keep = np.ones(values.shape, bool) if where is None else mask(where, values.shape)
    weight = np.ones(values.shape) if weights is None else real("weights", weights)
    same_shape("losses", values, "weights", weight)
    kept = non_negative("weights", weight[keep]).astype(np.float64)
    not_empty("weighted_mean", kept.size)
    if not kept.any():
        raise ValueError("weighted_mean: the weights of the examples kept are all 0")
    kept /= kept.max()  # neither the sum of the weights nor that of the losses overflows
    return float(times(kept / kept.sum(), values[keep].astype(np.float64)).sum())
