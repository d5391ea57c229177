"""Cross-entropy: binary and categorical, from probabilities and from logits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._blocks import sigmoid_mean_and_grad, softmax_mean_and_grad
from lossref._stable import (
    quotient,
    sigmoid_pair,
    sigmoid_residual,
    softmax_grad,
    softmax_jacobian,
    softmax_loss,
    softmax_pair,
    times,
    with_diagonal,
)
from lossref._validate import (
    Array,
    class_target,
    distributions,
    has_classes,
    in_unit_interval,
    logits_and_target,
    mask,
    not_empty,
    one_hot,
    pair,
    parameter,
    plain,
    real,
)
from lossref._validate import class_weights as check_class_weights
from lossref.links import softplus


def _probability_and_target(probability: ArrayLike, target: ArrayLike) -> tuple[Array, Array]:
    p, y = pair("probability", probability, "target", target)
    in_unit_interval("probability", p)
    in_unit_interval("target", y)
    return p, y


def binary_cross_entropy(probability: ArrayLike, target: ArrayLike) -> Any:
    r"""Binary cross-entropy of a predicted probability.

    Formula: [BCE.1][]; the mean over examples is [BCE.10][], and no prediction is better than the
    entropy of the target, [BCE.11][].

    Parameters
    ----------
    probability : array_like
        Predicted probability of the positive class, in [0, 1], any shape.
    target : array_like
        Targets in [0, 1], same shape.

    Returns
    -------
    ndarray or float
        One loss per element, in nats; infinite for a certain wrong answer.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or a number is outside [0, 1].

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    A probability of 1e-20 for the wrong class costs 1e-20; log(1 - p) would round it to 0.

    >>> import lossref
    >>> print(lossref.binary_cross_entropy([0.5, 1.0, 1e-20], [1, 1, 0]))
    [6.93147181e-01 0.00000000e+00 1.00000000e-20]
    """
    p, y = _probability_and_target(probability, target)
    with np.errstate(divide="ignore"):
        return plain(times(1 - y, 0 - np.log1p(-p)) + times(y, 0 - np.log(p)))


def binary_cross_entropy_grad(probability: ArrayLike, target: ArrayLike) -> Any:
    r"""Derivative of the binary cross-entropy with respect to the probability.

    Formula: [BCE.2][].

    Parameters
    ----------
    probability, target : array_like
        As `binary_cross_entropy`.

    Returns
    -------
    ndarray or float
        The derivative, unbounded; at probability 0 and 1 its one-sided limit.

    Raises
    ------
    TypeError, ValueError
        As `binary_cross_entropy`.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.binary_cross_entropy_grad([0.5, 0.01, 0.0], [1, 1, 0]))
    [  -2. -100.    1.]
    """
    p, y = _probability_and_target(probability, target)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slope = (p - y) / (p * (1 - p))
    # where p = y is 0 or 1 the quotient is 0 / 0; its limit is 1 or -1
    return plain(np.where((p == y) & ((y == 0) | (y == 1)), 1 - 2 * y, slope))


def binary_cross_entropy_hess(probability: ArrayLike, target: ArrayLike) -> Any:
    r"""Second derivative of the binary cross-entropy with respect to the probability.

    Formula: [BCE.3][].

    Parameters
    ----------
    probability, target : array_like
        As `binary_cross_entropy`.

    Returns
    -------
    ndarray or float
        Positive values in the shape of `probability`: the loss is convex in the probability.

    Raises
    ------
    TypeError, ValueError
        As `binary_cross_entropy`.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.binary_cross_entropy_hess([0.5, 0.25], [1, 0]).round(4))
    [4.     1.7778]
    """
    p, y = _probability_and_target(probability, target)
    wrong, right = quotient(1 - y, 1 - p), quotient(y, p)
    return plain(quotient(wrong, 1 - p) + quotient(right, p))


def sigmoid_cross_entropy(logits: ArrayLike, target: ArrayLike, *, pos_weight: float = 1.0) -> Any:
    r"""Binary cross-entropy of a sigmoid output, from the logit.

    Formula: [BCE.4][]; with `pos_weight`, [BCE.7][].

    Parameters
    ----------
    logits : array_like
        Logits, any shape.
    target : array_like
        Targets in [0, 1], same shape.
    pos_weight : float
        Factor of the term of the positive class.

    Returns
    -------
    ndarray or float
        One loss per element, in nats.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ, a target is outside [0, 1] or `pos_weight` is negative.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    A right and very confident answer has a tiny loss, not zero.

    >>> import lossref
    >>> print(lossref.sigmoid_cross_entropy([0.0, 50.0, -800.0], [1, 1, 1]))
    [6.93147181e-01 1.92874985e-22 8.00000000e+02]
    """
    z, y = logits_and_target(logits, target)
    weight = parameter("pos_weight", pos_weight)
    # two non-negative terms; max(z, 0) - z y + log1p(exp(-|z|)) cancels when the answer is right
    negative, positive = np.asarray(softplus(z)), np.asarray(softplus(-z))
    return plain(times(1 - y, negative) + times(weight * y, positive))


def sigmoid_cross_entropy_grad(
    logits: ArrayLike, target: ArrayLike, *, pos_weight: float = 1.0
) -> Any:
    r"""Derivative of the binary cross-entropy of a sigmoid output with respect to the logit.

    Formula: [BCE.5][], prediction minus target, bounded by 1 ([BCE.12][]); with `pos_weight`,
    [BCE.8][].

    Parameters
    ----------
    logits, target, pos_weight
        As `sigmoid_cross_entropy`.

    Returns
    -------
    ndarray or float
        The derivative, in the shape of `logits`.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_cross_entropy`.

    Notes
    -----
    Accuracy: 4 ulp of (1 - y) sigmoid(z) + y sigmoid(-z), which is the value itself for targets 0
    and 1; between them the two parts may cancel.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.sigmoid_cross_entropy_grad([0.0, -5.0, -10.0], [1, 1, 1]).round(6))
    [-0.5      -0.993307 -0.999955]
    """
    z, y = logits_and_target(logits, target)
    weight = parameter("pos_weight", pos_weight)
    if weight == 1:
        return plain(sigmoid_residual(z, y))
    p, q = sigmoid_pair(z)
    return plain((1 - y) * p - weight * y * q)


def sigmoid_cross_entropy_hess(
    logits: ArrayLike, target: ArrayLike, *, pos_weight: float = 1.0
) -> Any:
    r"""Second derivative of the binary cross-entropy of a sigmoid output in the logit.

    Formula: [BCE.6][]; with `pos_weight`, [BCE.9][].

    Parameters
    ----------
    logits, target, pos_weight
        As `sigmoid_cross_entropy`.

    Returns
    -------
    ndarray or float
        Non-negative values in the shape of `logits`: the loss is convex in the logit.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_cross_entropy`.

    Notes
    -----
    Accuracy: 6 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.sigmoid_cross_entropy_hess([0.0, 4.0], [1, 1]).round(6))
    [0.25     0.017663]
    """
    z, y = logits_and_target(logits, target)
    weight = parameter("pos_weight", pos_weight)
    p, q = sigmoid_pair(z)
    return plain(((1 - y) + weight * y) * p * q)


def sigmoid_cross_entropy_value_and_grad(
    logits: ArrayLike, target: ArrayLike, *, out: Array | None = None
) -> tuple[float, Any]:
    r"""Mean binary cross-entropy of sigmoid outputs and its gradient in one pass.

    Formulas: [BCE.10][] and [BCE.5][] divided by the number of elements.

    Parameters
    ----------
    logits, target : array_like
        As `sigmoid_cross_entropy`.
    out : ndarray, optional
        Where the gradient goes: shape and dtype of the result, C-contiguous.

    Returns
    -------
    value : float
        Mean over all elements, in nats.
    grad : ndarray
        Gradient of that mean, in the shape of `logits`.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_cross_entropy`; also if there are no elements or `out` does not fit.

    Notes
    -----
    Accuracy: 4 ulp for the value, 6 ulp for the gradient; NumPy's exponential in float32, which is
    the fastest, takes 2.5 of them.

    Examples
    --------
    >>> import lossref
    >>> value, grad = lossref.sigmoid_cross_entropy_value_and_grad([0.0, 0.0], [1, 0])
    >>> print(round(value, 6), grad)
    0.693147 [-0.25  0.25]
    """
    z, y = pair("logits", logits, "target", target)
    not_empty("sigmoid_cross_entropy", z.size)
    return sigmoid_mean_and_grad(z, y, out)


def _weighted(target: Array, weights: Array | None) -> Array:
    """The target times the class weights."""
    return target if weights is None else np.asarray(target * weights.astype(target.dtype))


def _probabilities_and_target(
    probabilities: ArrayLike, target: ArrayLike, class_weights: ArrayLike | None
) -> tuple[Array, Array]:
    p = distributions("probabilities", probabilities)
    t = one_hot(target, p.shape, p.dtype)
    return p, _weighted(t, check_class_weights(class_weights, p.shape[-1]))


def categorical_cross_entropy(
    probabilities: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Any:
    r"""Cross-entropy of predicted class probabilities.

    Formula: [SCE.1][]; with class weights, [SCE.8][].

    Parameters
    ----------
    probabilities : array_like
        Predicted probabilities, shape (..., K), rows summing to 1.
    target : array_like
        Class indices of shape (...,) or distributions of shape (..., K).
    class_weights : array_like, optional
        One non-negative weight per class, shape (K,).

    Returns
    -------
    ndarray or float
        One loss per row, in nats; infinite for a certain wrong answer.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If rows are no distributions, the target fits neither form, a class index is out of range,
        or the weights do not fit.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    A negative label is an error, not the last class.

    >>> import lossref
    >>> print(lossref.categorical_cross_entropy([[0.5, 0.5], [1.0, 0.0]], [0, 1]))
    [0.69314718        inf]
    >>> lossref.categorical_cross_entropy([[0.5, 0.5]], [-1])
    Traceback (most recent call last):
    ...
    ValueError: class indices must lie in 0..1, got -1 (to leave rows out, index with a mask)
    """
    p, t = _probabilities_and_target(probabilities, target, class_weights)
    with np.errstate(divide="ignore"):
        return plain(times(t, 0 - np.log(p)).sum(axis=-1))


def categorical_cross_entropy_grad(
    probabilities: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Array:
    r"""Gradient of the cross-entropy with respect to the probabilities.

    Formula: [SCE.2][].

    Parameters
    ----------
    probabilities, target, class_weights
        As `categorical_cross_entropy`.

    Returns
    -------
    ndarray
        Shape (..., K), unbounded; 0 where the target is 0.

    Raises
    ------
    TypeError, ValueError
        As `categorical_cross_entropy`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.categorical_cross_entropy_grad([0.25, 0.75], 0))
    [-4.  0.]
    """
    p, t = _probabilities_and_target(probabilities, target, class_weights)
    return np.asarray(0 - quotient(t, p))


def categorical_cross_entropy_hess(
    probabilities: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Array:
    r"""Hessian of the cross-entropy with respect to the probabilities.

    Formula: [SCE.3][].

    Parameters
    ----------
    probabilities, target, class_weights
        As `categorical_cross_entropy`.

    Returns
    -------
    ndarray
        Diagonal matrices, shape (..., K, K).

    Raises
    ------
    TypeError, ValueError
        As `categorical_cross_entropy`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.categorical_cross_entropy_hess([0.25, 0.75], 0))
    [[16.  0.]
     [ 0.  0.]]
    """
    p, t = _probabilities_and_target(probabilities, target, class_weights)
    curvature = quotient(quotient(t, p), p)
    return with_diagonal(np.zeros_like(p, shape=(*p.shape, p.shape[-1])), curvature)


def _softmax_inputs(
    logits: ArrayLike, target: ArrayLike, class_weights: ArrayLike | None
) -> tuple[Array, Array]:
    z = real("logits", logits)
    has_classes("logits", z)
    t = one_hot(target, z.shape, z.dtype)
    weights = check_class_weights(class_weights, z.shape[-1])
    return z.astype(np.result_type(z, t), copy=False), _weighted(t, weights)


def softmax_cross_entropy(
    logits: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Any:
    r"""Cross-entropy of softmax outputs, from the logits.

    Formula: [SCE.4][], for a class index [SCE.7][]; computed as [SCE.12][], in which nothing
    cancels. With class weights, [SCE.8][]. No prediction is better than [SCE.14][].

    Parameters
    ----------
    logits : array_like
        Logits, shape (..., K). A logit of minus infinity masks its class.
    target : array_like
        Class indices of shape (...,) or distributions of shape (..., K).
    class_weights : array_like, optional
        One non-negative weight per class, shape (K,).

    Returns
    -------
    ndarray or float
        One loss per row, in nats.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the target fits neither form, a class index is out of range, or the weights do not fit.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    The loss of a right and confident answer keeps all its digits; a difference of logits and
    logarithm would give 0.

    >>> import lossref
    >>> print(lossref.softmax_cross_entropy([[2.0, 1.0, 0.0], [0.0, 50.0, 0.0]], [0, 1]))
    [4.07605964e-01 3.85749970e-22]

    References
    ----------
    [@Blanchard21]
    """
    return plain(softmax_loss(*_softmax_inputs(logits, target, class_weights)))


def softmax_cross_entropy_grad(
    logits: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Array:
    r"""Gradient of the cross-entropy of softmax outputs with respect to the logits.

    Formula: [SCE.5][], prediction minus target; with class weights, [SCE.9][], which has the form
    of [SCE.13][].

    Parameters
    ----------
    logits, target, class_weights
        As `softmax_cross_entropy`.

    Returns
    -------
    ndarray
        Shape (..., K); every row sums to 0.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`.

    Notes
    -----
    Accuracy: 4 ulp of p + t or of (1 - p) + (1 - t), whichever is smaller: of the value itself for
    class indices.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softmax_cross_entropy_grad([2.0, 1.0, 0.0], 0).round(4))
    [-0.3348  0.2447  0.09  ]
    """
    return softmax_grad(*_softmax_inputs(logits, target, class_weights))


def softmax_cross_entropy_hess(
    logits: ArrayLike, target: ArrayLike, *, class_weights: ArrayLike | None = None
) -> Array:
    r"""Hessian of the cross-entropy of softmax outputs with respect to the logits.

    Formula: [SCE.6][]; with class weights, [SCE.10][].

    Parameters
    ----------
    logits, target, class_weights
        As `softmax_cross_entropy`.

    Returns
    -------
    ndarray
        Shape (..., K, K), symmetric and positive semi-definite; it does not depend on the target
        unless there are weights.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`.

    Notes
    -----
    Accuracy: 8 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softmax_cross_entropy_hess([0.0, 0.0], 1))
    [[ 0.25 -0.25]
     [-0.25  0.25]]
    """
    z, t = _softmax_inputs(logits, target, class_weights)
    p, q, _ = softmax_pair(z)
    return np.asarray(t.sum(axis=-1)[..., np.newaxis, np.newaxis] * softmax_jacobian(p, q))


def softmax_cross_entropy_value_and_grad(
    logits: ArrayLike,
    target: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    where: ArrayLike | None = None,
    out: Array | None = None,
) -> tuple[float, Array]:
    r"""Mean cross-entropy of softmax outputs and its gradient in one pass.

    Formula: [SCE.11][]; the gradient is [SCE.9][] divided by the same denominator.

    Parameters
    ----------
    logits, target, class_weights
        As `softmax_cross_entropy`.
    where : array_like of bool, optional
        Rows to keep, shape (...,). The gradient of a row left out is 0.
    out : ndarray, optional
        Where the gradient goes: shape and dtype of the result, C-contiguous.

    Returns
    -------
    value : float
        Mean over the rows kept, in nats. With class weights the sum is divided by the weights of
        the targets, as PyTorch does.
    grad : ndarray
        Gradient of that mean, shape (..., K).

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`; also if no row (or no weight) is left, or `out` does not fit.

    Notes
    -----
    Accuracy: 4 ulp for the value, 8 ulp for the gradient; NumPy's exponential in float32, which is
    the fastest, takes 2.5 of them.

    Examples
    --------
    >>> import lossref
    >>> value, grad = lossref.softmax_cross_entropy_value_and_grad([[0.0, 0.0], [5.0, 0.0]], [0, 1],
    ...                                                            where=[True, False])
    >>> print(round(value, 6))
    0.693147
    >>> print(grad)
    [[-0.5  0.5]
     [ 0.   0. ]]
    """
    z = real("logits", logits)
    has_classes("logits", z)
    keep = None if where is None else mask(where, z.shape[:-1])
    t = class_target(target, z.shape, z.dtype, keep)
    weights = check_class_weights(class_weights, z.shape[-1])
    return softmax_mean_and_grad(z, t, weights, keep, out)
