"""Link functions: from logits to probabilities and back, without overflow or cancellation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._stable import exp, shifted_exp, sum_without
from lossref._validate import has_classes, plain, real


def sigmoid(z: ArrayLike) -> Any:
    r"""Probability of the positive class for a logit.

    Formula: [LNK.1][]; its derivative is [LNK.2][], and for two classes it is softmax, [LNK.10][].

    Parameters
    ----------
    z : array_like
        Logits, any shape, any real number including the infinities.

    Returns
    -------
    ndarray or float
        Values in [0, 1], in the shape of `z`.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    Far to the left the value is tiny, not zero; the textbook 1 / (1 + exp(-z)) overflows there.

    >>> import lossref
    >>> print(lossref.sigmoid([-800.0, -40.0, 0.0, 40.0]))
    [0.00000000e+00 4.24835426e-18 5.00000000e-01 1.00000000e+00]
    """
    z = real("z", z)
    e = exp(-np.abs(z))  # in (0, 1]: cannot overflow
    return plain(np.where(z < 0, e, z.dtype.type(1)) / (1 + e))


def softplus(z: ArrayLike) -> Any:
    r"""Smooth ramp log(1 + exp(z)).

    Formula: [LNK.3][].

    Parameters
    ----------
    z : array_like
        Logits, any shape.

    Returns
    -------
    ndarray or float
        Non-negative values in the shape of `z`, in nats.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softplus([-50.0, 0.0, 1000.0]).round(6))
    [0.00000e+00 6.93147e-01 1.00000e+03]
    >>> print(f"{lossref.softplus(-50.0):.6e}")
    1.928750e-22
    """
    z = real("z", z)
    return plain(np.maximum(z, 0) + np.log1p(exp(-np.abs(z))))


def log_sigmoid(z: ArrayLike) -> Any:
    r"""Logarithm of the sigmoid.

    Formula: [LNK.4][].

    Parameters
    ----------
    z : array_like
        Logits, any shape.

    Returns
    -------
    ndarray or float
        Values at most 0 in the shape of `z`, in nats.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    `log(sigmoid(-800))` would be minus infinity, because the sigmoid underflows.

    >>> import lossref
    >>> print(lossref.log_sigmoid([-800.0, 0.0]).round(4))
    [-8.000e+02 -6.931e-01]
    """
    return plain(0.0 - np.asarray(softplus(-real("z", z))))


def logsumexp(z: ArrayLike) -> Any:
    r"""Logarithm of the sum of exponentials over the last axis.

    Formula: [LNK.5][]; its gradient is the softmax, [LNK.11][].

    Parameters
    ----------
    z : array_like
        Logits, shape (..., K).

    Returns
    -------
    ndarray or float
        Shape (...), in nats.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If there is no last axis, or it is empty.

    Notes
    -----
    Accuracy: 4 ulp of |largest logit| + log K.

    Examples
    --------
    >>> import lossref
    >>> print(round(lossref.logsumexp([1000.0, 1000.0]), 6))
    1000.693147

    References
    ----------
    [@Blanchard21]
    """
    z = real("z", z)
    has_classes("z", z)
    e, top, m = shifted_exp(z)
    with np.errstate(invalid="ignore"):
        value = np.where(np.isinf(m), m, m + np.log1p(sum_without(e, top)))
    return plain(value[..., 0])


def softmax(z: ArrayLike) -> Any:
    r"""Probabilities of the classes for a vector of logits.

    Formula: [LNK.6][]; it does not change when all logits move together, [LNK.9][], and its
    Jacobian is [LNK.8][].

    Parameters
    ----------
    z : array_like
        Logits, shape (..., K). A logit of minus infinity masks its class.

    Returns
    -------
    ndarray
        Shape (..., K); rows are non-negative and sum to 1.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If there is no last axis, or it is empty.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softmax([1000.0, 999.0, float("-inf")]).round(4))
    [0.7311 0.2689 0.    ]

    References
    ----------
    [@Blanchard21]
    """
    z = real("z", z)
    has_classes("z", z)
    e, top, _ = shifted_exp(z)
    return np.asarray(e / (1 + sum_without(e, top)))


def log_softmax(z: ArrayLike) -> Any:
    r"""Logarithms of the softmax probabilities.

    Formula: [LNK.7][].

    Parameters
    ----------
    z : array_like
        Logits, shape (..., K).

    Returns
    -------
    ndarray
        Shape (..., K), values at most 0, in nats.

    Raises
    ------
    TypeError
        If `z` does not hold real numbers.
    ValueError
        If there is no last axis, or it is empty.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    The logarithm of the rounded probability is minus infinity; the fused form is exact.

    >>> import lossref
    >>> print(lossref.log_softmax([0.0, -1000.0]))
    [    0. -1000.]
    """
    z = real("z", z)
    has_classes("z", z)
    e, top, m = shifted_exp(z)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.where(z == m, 0, z - m)
    return np.asarray(gap - np.log1p(sum_without(e, top)))
