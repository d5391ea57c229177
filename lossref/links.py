"""Link functions: from logits to probabilities and back, without overflow or cancellation."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._validate import Array, Positions, has_classes, plain, real


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

    Examples
    --------
    Far to the left the value is tiny, not zero; the textbook 1 / (1 + exp(-z)) overflows there.

    >>> import lossref
    >>> print(lossref.sigmoid([-800.0, -40.0, 0.0, 40.0]))
    [0.00000000e+00 4.24835426e-18 5.00000000e-01 1.00000000e+00]
    """
    z = real("z", z)
    e = np.exp(-np.abs(z))  # in (0, 1]: cannot overflow
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

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softplus([-50.0, 0.0, 1000.0]).round(6))
    [0.00000e+00 6.93147e-01 1.00000e+03]
    >>> print(f"{lossref.softplus(-50.0):.6e}")
    1.928750e-22
    """
    z = real("z", z)
    return plain(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))


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

    Examples
    --------
    `log(sigmoid(-800))` would be minus infinity, because the sigmoid underflows.

    >>> import lossref
    >>> print(lossref.log_sigmoid([-800.0, 0.0]).round(4))
    [-8.000e+02 -6.931e-01]
    """
    return plain(0.0 - np.asarray(softplus(-real("z", z))))


def shifted_exp(z: Array) -> tuple[Array, Positions, Array]:
    """Exponentials of z - m, their largest entry's position, and m, the maximum of the last axis.

    The rounding error of the subtraction z - m would be multiplied by exp into a relative error of
    |z - m| ulp; the exact error (Knuth's two-sum) is put back to first order.
    """
    top = np.argmax(z, axis=-1)[..., np.newaxis]
    m = np.take_along_axis(z, top, axis=-1)
    with np.errstate(invalid="ignore", over="ignore"):
        d = z - m
        moved = d - z
        error = (z - (d - moved)) - (m + moved)
        e = np.exp(d)
        e += e * np.where(np.isfinite(error), error, 0)
    np.put_along_axis(e, top, np.where(np.isinf(m), np.nan, 1), axis=-1)
    infinite = m[..., 0] == np.inf
    if infinite.any():  # the limit: the infinite logit takes all, if it is the only one
        single = (z == np.inf).sum(axis=-1) == 1
        limit = np.where(
            single[..., np.newaxis], (z == np.inf).astype(z.dtype), z.dtype.type(np.nan)
        )
        e = np.where(infinite[..., np.newaxis], limit, e)
    return e, top, m


def without(e: Array, top: Positions) -> Array:
    """The sum over the last axis of all entries but the largest, kept as a last axis of one."""
    rest = e.copy()
    np.put_along_axis(rest, top, 0, axis=-1)
    return np.asarray(rest.sum(axis=-1, keepdims=True))


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

    Examples
    --------
    >>> import lossref
    >>> print(lossref.logsumexp([1000.0, 1000.0]).__round__(6))
    1000.693147

    References
    ----------
    [@Blanchard21]
    """
    z = real("z", z)
    has_classes("z", z)
    e, top, m = shifted_exp(z)
    with np.errstate(invalid="ignore"):
        value = (m + np.log1p(without(e, top)))[..., 0]
    return plain(np.where(np.isinf(m[..., 0]), m[..., 0], value))


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
    return np.asarray(e / (1 + without(e, top)))


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
        return np.asarray(gap - np.log1p(without(e, top)))
