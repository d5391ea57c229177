"""Entropy and Kullback-Leibler divergence of distributions over classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._stable import careful_sum, quotient, times
from lossref._validate import Array, distributions, plain, same_shape


def entropy(p: ArrayLike) -> Any:
    r"""Shannon entropy of distributions.

    Formula: [INF.1][]; at most log K, [INF.8][].

    Parameters
    ----------
    p : array_like
        Distributions, shape (..., K), rows summing to 1.

    Returns
    -------
    ndarray or float
        One value in [0, log K] per row, in nats ([INF.7][] gives bits).

    Raises
    ------
    TypeError
        If `p` does not hold real numbers.
    ValueError
        If rows are no distributions.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.entropy([[1.0, 0.0], [0.5, 0.5]]).round(6))
    [0.       0.693147]

    References
    ----------
    [@Shannon48]
    """
    p = distributions("p", p)
    with np.errstate(divide="ignore"):
        return plain(times(p, 0 - np.log(p)).sum(axis=-1))


def _two(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    first, second = distributions("p", p), distributions("q", q)
    same_shape("p", first, "q", second)
    return first, second


def _excess(x: Array) -> Array:
    """Return x - log1p(x) for |x| < 1/2 without cancellation.

    With s = x / (2 + x), log1p(x) = 2 atanh(s) = 2 (s + s^3/3 + s^5/5 + ...) and x - 2 s = s x.
    """
    s = x / (2 + x)
    series = np.polyval((1 / np.arange(35, 1, -2)).astype(x.dtype), s * s)
    return np.asarray(s * (x - 2 * s * s * series))


def kl_divergence(p: ArrayLike, q: ArrayLike) -> Any:
    r"""Kullback-Leibler divergence of q from p.

    Formula: [INF.2][]; never negative, [INF.5][], and the part of the cross-entropy that the
    prediction can change, [INF.4][].

    Parameters
    ----------
    p : array_like
        The true distributions, shape (..., K).
    q : array_like
        The predicted distributions, same shape.

    Returns
    -------
    ndarray or float
        One value per row, in nats; infinite where q is 0 and p is not. Never negative, and
        accurate also near p = q, where the terms of the sum would cancel. Rows that sum to 1
        only to rounding can push the exact sum below 0; then the value is 0.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or rows are no distributions.

    Notes
    -----
    Accuracy: 8 ulp, also near p = q.

    Examples
    --------
    It is not a distance: exchanging the arguments changes it.

    >>> import lossref
    >>> print(round(lossref.kl_divergence([0.5, 0.5], [0.1, 0.9]), 4))
    0.5108
    >>> print(round(lossref.kl_divergence([0.1, 0.9], [0.5, 0.5]), 4))
    0.3681

    References
    ----------
    [@KL51]
    """
    p, q = _two(p, q)
    with np.errstate(all="ignore"):
        x = (q - p) / p
        ratio = p / q
        log_ratio = np.where((ratio > 0) & (ratio < np.inf), np.log(ratio), np.log(p) - np.log(q))
        far = times(p, np.where(p == 0, 0 * q, log_ratio))  # 0 log 0 = 0
        near = np.abs(x) < 0.5
        # close to p = q: p log(p / q) = p (x - log1p(x)) + (p - q), and the p - q all but sum to 0
        total = np.where(near, p * _excess(x), far).sum(axis=-1)
        total += careful_sum(np.where(near, p - q, 0))
    return plain(np.maximum(total, 0))


def kl_divergence_grad(p: ArrayLike, q: ArrayLike) -> Array:
    r"""Gradient of the Kullback-Leibler divergence with respect to the prediction q.

    Formula: [INF.3][]; through a softmax it becomes [INF.9][].

    Parameters
    ----------
    p, q : array_like
        As `kl_divergence`.

    Returns
    -------
    ndarray
        Shape (..., K); the same as the gradient of the cross-entropy.

    Raises
    ------
    TypeError, ValueError
        As `kl_divergence`.

    Notes
    -----
    Accuracy: 1 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.kl_divergence_grad([0.5, 0.5], [0.25, 0.75]).round(4))
    [-2.     -0.6667]
    """
    p, q = _two(p, q)
    return np.asarray(0 - quotient(p, q))
