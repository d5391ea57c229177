"""Entropy and Kullback-Leibler divergence of distributions over classes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._validate import Array, distributions, plain, same_shape
from lossref.cross_entropy import quotient, times


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
        return plain(times(p, -np.log(p)).sum(axis=-1))


def _two(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    first, second = distributions("p", p), distributions("q", q)
    same_shape("p", first, "q", second)
    return first, second


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
        One value per row, in nats; infinite where q is 0 and p is not. Near p = q the terms of the
        sum cancel, and the relative error grows like 1 / sqrt(divergence).

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or rows are no distributions.

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
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = (p - q) / q
        # close to p = q the quotient p / q rounds the difference away; log1p keeps it
        log_ratio = np.where(np.abs(ratio) < 0.5, np.log1p(ratio), np.log(p) - np.log(q))
        terms = times(p, np.where((p == 0) & ~np.isnan(q), 0, log_ratio))
        return plain(terms.sum(axis=-1))


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

    Examples
    --------
    >>> import lossref
    >>> print(lossref.kl_divergence_grad([0.5, 0.5], [0.25, 0.75]).round(4))
    [-2.     -0.6667]
    """
    p, q = _two(p, q)
    return np.asarray(0 - quotient(p, q))
