"""Losses and corrections that repair a limitation of squared error or cross-entropy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._stable import sigmoid_pair, times
from lossref._validate import (
    Array,
    distribution,
    has_classes,
    logits_and_target,
    one_hot,
    pair,
    parameter,
    plain,
    real,
)
from lossref.links import sigmoid, softplus


def absolute_error(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Absolute difference of prediction and target, element by element.

    Formula: [VAR.8][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.

    Returns
    -------
    ndarray or float
        One loss per element, in the unit of the target.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.absolute_error([3.0, -1.0], [1.0, 1.0]))
    [2. 2.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    with np.errstate(over="ignore", invalid="ignore"):
        return plain(np.abs(prediction - target))


def absolute_error_grad(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Subgradient of the absolute error with respect to the prediction.

    Formula: [VAR.9][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.

    Returns
    -------
    ndarray or float
        The sign of the residual; 0 where it is 0.

    Raises
    ------
    TypeError, ValueError
        As `absolute_error`.

    Examples
    --------
    An outlier pulls no harder than any other point.

    >>> import lossref
    >>> print(lossref.absolute_error_grad([0.0, 0.0, 0.0], [0.0, 1.0, 1000.0]))
    [ 0. -1. -1.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    with np.errstate(over="ignore", invalid="ignore"):
        return plain(np.sign(prediction - target))


def huber(prediction: ArrayLike, target: ArrayLike, *, delta: float = 1.0) -> Any:
    r"""Huber loss: half the squared error up to `delta`, linear beyond.

    Formula: [VAR.1][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.
    delta : float
        Residual, in the unit of the target, at which the loss becomes linear.

    Returns
    -------
    ndarray or float
        One loss per element.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or `delta` is not positive.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.huber([0.5, 3.0, -3.0], [0.0, 0.0, 0.0]))
    [0.125 2.5   2.5  ]

    References
    ----------
    [@Huber64]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    delta = parameter("delta", delta, open_low=True)
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.abs(prediction - target)
        near = np.minimum(size, delta)
        return plain(np.where(size <= delta, near * (near / 2), delta * (size - delta / 2)))


def huber_grad(prediction: ArrayLike, target: ArrayLike, *, delta: float = 1.0) -> Any:
    r"""Derivative of the Huber loss with respect to the prediction.

    Formula: [VAR.2][].

    Parameters
    ----------
    prediction, target, delta
        As `huber`.

    Returns
    -------
    ndarray or float
        The residual, clipped to [-delta, delta].

    Raises
    ------
    TypeError, ValueError
        As `huber`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.huber_grad([0.5, 3.0, -3.0], [0.0, 0.0, 0.0]))
    [ 0.5  1.  -1. ]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    delta = parameter("delta", delta, open_low=True)
    with np.errstate(over="ignore", invalid="ignore"):
        return plain(np.clip(prediction - target, -delta, delta))


def _focal_inputs(
    logits: ArrayLike, target: ArrayLike, gamma: float, alpha: float | None
) -> tuple[Array, Array, float, tuple[float, float]]:
    z, y = logits_and_target(logits, target)
    weights = (1.0, 1.0)
    if alpha is not None:
        alpha = parameter("alpha", alpha, high=1.0)
        weights = (1 - alpha, alpha)
    return z, y, parameter("gamma", gamma), weights


def focal(
    logits: ArrayLike, target: ArrayLike, *, gamma: float = 2.0, alpha: float | None = None
) -> Any:
    r"""Binary focal loss, from the logit.

    Formula: [VAR.3][], with `alpha` [VAR.11][]. Not a proper scoring rule for `gamma` above 0.

    Parameters
    ----------
    logits : array_like
        Logits, any shape.
    target : array_like
        Targets in [0, 1], same shape.
    gamma : float
        Focusing parameter, at least 0; at 0 the loss is the binary cross-entropy.
    alpha : float, optional
        Weight in [0, 1] of the positive class; the negative class has 1 - alpha.

    Returns
    -------
    ndarray or float
        One loss per element, in nats.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ, a target is outside [0, 1] or a parameter is out of range.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.focal([0.0, 4.0], [1, 1]).round(6))
    [1.73287e-01 6.00000e-06]
    >>> print(lossref.focal([0.0, 4.0], [1, 1], gamma=0).round(6))
    [0.693147 0.01815 ]

    References
    ----------
    [@Lin17]
    """
    z, y, gamma, (negative, positive) = _focal_inputs(logits, target, gamma, alpha)
    one = times(sigmoid(-z) ** gamma, softplus(-z))
    zero = times(sigmoid(z) ** gamma, softplus(z))
    return plain(times(negative * (1 - y), zero) + times(positive * y, one))


def focal_grad(
    logits: ArrayLike, target: ArrayLike, *, gamma: float = 2.0, alpha: float | None = None
) -> Any:
    r"""Derivative of the binary focal loss with respect to the logit.

    Formula: [VAR.4][].

    Parameters
    ----------
    logits, target, gamma, alpha
        As `focal`.

    Returns
    -------
    ndarray or float
        The derivative, in the shape of `logits`.

    Raises
    ------
    TypeError, ValueError
        As `focal`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.focal_grad([0.0, 4.0], [1, 1]).round(6))
    [-2.98287e-01 -1.70000e-05]
    """
    z, y, gamma, (negative, positive) = _focal_inputs(logits, target, gamma, alpha)
    p, q = sigmoid_pair(z)
    one = -(q**gamma) * (gamma * times(p, np.asarray(softplus(-z))) + q)
    zero = p**gamma * (gamma * times(q, np.asarray(softplus(z))) + p)
    return plain(negative * (1 - y) * zero + positive * y * one)


def smooth_labels(target: ArrayLike, classes: int, epsilon: float) -> Array:
    r"""Targets mixed with the uniform distribution.

    Formula: [VAR.5][]; the loss then has the floor [VAR.7][].

    Parameters
    ----------
    target : array_like
        Class indices of shape (...,) or distributions of shape (..., K).
    classes : int
        Number of classes K.
    epsilon : float
        Share of the uniform distribution, in [0, 1]. Each wrong class gets epsilon / K.

    Returns
    -------
    ndarray
        Distributions, shape (..., K).

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the target fits neither form or `epsilon` is out of range.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.smooth_labels([1], 4, 0.1))
    [[0.025 0.925 0.025 0.025]]

    References
    ----------
    [@Szegedy16]
    """
    if isinstance(classes, bool) or not isinstance(classes, int | np.integer) or classes < 1:
        raise ValueError(f"classes must be a positive integer, got {classes!r}")
    epsilon = parameter("epsilon", epsilon, high=1.0)
    given = np.asarray(target)
    indices = given.dtype.kind in "iu" or given.shape == (0,)
    rows = given.shape if indices else given.shape[:-1]
    t = one_hot(target, (*rows, classes), np.float64)
    return np.asarray((1 - epsilon) * t + epsilon / classes)


def logit_adjustment(logits: ArrayLike, priors: ArrayLike, *, tau: float = 1.0) -> Array:
    r"""Logits shifted by the logarithm of the class frequencies, for imbalanced classes.

    Formula: [VAR.6][].

    Parameters
    ----------
    logits : array_like
        Logits, shape (..., K).
    priors : array_like
        Positive class frequencies, shape (K,), summing to 1.
    tau : float
        Strength; 1 is the Bayes-consistent choice for the balanced error.

    Returns
    -------
    ndarray
        Adjusted logits, shape (..., K), for use inside `softmax_cross_entropy` in training.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the priors do not fit the classes, are not positive or do not sum to 1.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.logit_adjustment([0.0, 0.0], [0.9, 0.1]).round(4))
    [-0.1054 -2.3026]

    References
    ----------
    [@Menon21]
    """
    z, prior = real("logits", logits), real("priors", priors)
    has_classes("logits", z)
    if prior.shape != z.shape[-1:]:
        raise ValueError(f"priors must have shape {z.shape[-1:]}, got {prior.shape}")
    distribution("priors", prior, np.asarray(priors).dtype)
    if not (prior > 0).all():
        raise ValueError(f"priors must be positive, got {prior}")
    return np.asarray(z + parameter("tau", tau) * np.log(prior).astype(z.dtype))


def prior_correction(logits: ArrayLike, *, trained: float, actual: float) -> Any:
    r"""Logits of a binary model moved from the prevalence it was trained at to the actual one.

    Formula: [VAR.10][].

    Parameters
    ----------
    logits : array_like
        Logits, any shape.
    trained : float
        Share of positives (after weighting or resampling) in training, in (0, 1).
    actual : float
        Share of positives where the model is used, in (0, 1).

    Returns
    -------
    ndarray or float
        Corrected logits, in the shape of `logits`.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a prevalence is not strictly between 0 and 1.

    Examples
    --------
    A balanced model says one half; at a prevalence of 1 in 100 that means 1 in 100.

    >>> import lossref
    >>> z = lossref.prior_correction(0.0, trained=0.5, actual=0.01)
    >>> print(round(lossref.sigmoid(z), 6))
    0.01

    References
    ----------
    [@KingZeng01]
    """
    z = real("logits", logits)
    odds = []
    for name, share in (("actual", actual), ("trained", trained)):
        if not 0 < parameter(name, share) < 1:
            raise ValueError(f"{name} must lie strictly between 0 and 1, got {share}")
        odds.append(float(np.log(share) - np.log1p(-share)))
    return plain(z + (odds[0] - odds[1]))
