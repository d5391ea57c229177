"""Squared error: of a prediction, through sigmoid and softmax, and of probabilities (Brier)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossref._blocks import squared_error_mean_and_grad
from lossref._stable import (
    at,
    sigmoid_pair,
    sigmoid_residual,
    softmax_jacobian,
    softmax_pair,
    sum_without,
    with_diagonal,
)
from lossref._validate import (
    Array,
    distributions,
    has_classes,
    logits_and_target,
    not_empty,
    one_hot,
    pair,
    plain,
    real,
)


def squared_error(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Squared difference of prediction and target, element by element.

    Formula: [SE.1][]; without the factor one half, see [SE.6][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape, in the unit of the target.

    Returns
    -------
    ndarray or float
        One loss per element, in squared units.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ: nothing broadcasts.

    Notes
    -----
    Accuracy: 3 ulp.

    Examples
    --------
    Small integer types do not wrap: in uint8, 3 - 5 would be 254.

    >>> import lossref, numpy as np
    >>> print(lossref.squared_error(np.array([3], np.uint8), np.array([5], np.uint8)))
    [4.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    with np.errstate(over="ignore", invalid="ignore"):
        return plain((prediction - target) ** 2)


def squared_error_grad(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Derivative of the squared error with respect to the prediction.

    Formula: [SE.2][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.

    Returns
    -------
    ndarray or float
        Twice the residual, in the shape of `prediction`.

    Raises
    ------
    TypeError, ValueError
        As `squared_error`.

    Notes
    -----
    Accuracy: 1 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.squared_error_grad([3.0, 1.0], [1.0, 1.0]))
    [4. 0.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    with np.errstate(over="ignore", invalid="ignore"):
        return plain(2 * (prediction - target))


def squared_error_hess(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Second derivative of the squared error with respect to the prediction.

    Formula: [SE.3][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.

    Returns
    -------
    ndarray or float
        The constant 2, in the shape of `prediction`.

    Raises
    ------
    TypeError, ValueError
        As `squared_error`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.squared_error_hess([3.0, 1.0], [1.0, 1.0]))
    [2. 2.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    return plain(np.where(np.isnan(prediction - target), prediction.dtype.type(np.nan), 2))


def mean_squared_error(prediction: ArrayLike, target: ArrayLike) -> float:
    r"""Mean of the squared errors over all elements.

    Formula: [SE.4][]; it splits into variance and squared bias, [SE.15][], and the mean of the
    targets minimizes it, [SE.17][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape. With shape (n, d) the mean is over all n d elements.

    Returns
    -------
    float
        The mean, in squared units.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or are empty.

    Notes
    -----
    Accuracy: 4 ulp, also where squares overflow and their mean does not.

    Examples
    --------
    Elsewhere (n,) against (n, 1) becomes an n by n table ([SE.16][]); here it is an error.

    >>> import lossref
    >>> lossref.mean_squared_error([1.0, 2.0], [[1.0], [2.0]])
    Traceback (most recent call last):
    ...
    ValueError: prediction and target must have equal shapes, got (2,) and (2, 1)
    """
    prediction, target = pair("prediction", prediction, "target", target)
    not_empty("mean_squared_error", prediction.size)
    return squared_error_mean_and_grad(prediction, target, None)[0]


def mean_squared_error_grad(prediction: ArrayLike, target: ArrayLike) -> Any:
    r"""Gradient of the mean squared error with respect to the prediction.

    Formula: [SE.5][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape, n elements in all.

    Returns
    -------
    ndarray or float
        2 / n times the residual, in the shape of `prediction`.

    Raises
    ------
    TypeError, ValueError
        As `mean_squared_error`.

    Notes
    -----
    Accuracy: 3 ulp.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.mean_squared_error_grad([3.0, 1.0], [1.0, 1.0]))
    [2. 0.]
    """
    return plain(mean_squared_error_value_and_grad(prediction, target)[1])


def mean_squared_error_value_and_grad(
    prediction: ArrayLike, target: ArrayLike, *, out: Array | None = None
) -> tuple[float, Any]:
    r"""Mean squared error and its gradient in one pass.

    Formulas: [SE.4][] and [SE.5][].

    Parameters
    ----------
    prediction, target : array_like
        Real numbers of equal shape.
    out : ndarray, optional
        Where the gradient goes: shape and dtype of the result, C-contiguous.

    Returns
    -------
    value : float
        The mean over all elements.
    grad : ndarray
        Its gradient, in the shape of `prediction`.

    Raises
    ------
    TypeError, ValueError
        As `mean_squared_error`; also if `out` does not fit.

    Notes
    -----
    Accuracy: 4 ulp for the value, 3 ulp for the gradient.

    Examples
    --------
    >>> import lossref
    >>> value, grad = lossref.mean_squared_error_value_and_grad([3.0, 1.0], [1.0, 1.0])
    >>> print(value, grad)
    2.0 [2. 0.]
    """
    prediction, target = pair("prediction", prediction, "target", target)
    not_empty("mean_squared_error", prediction.size)
    return squared_error_mean_and_grad(prediction, target, out)


def sigmoid_squared_error(logits: ArrayLike, target: ArrayLike) -> Any:
    r"""Squared error of a sigmoid output, from the logit.

    Formula: [SE.7][].

    Parameters
    ----------
    logits : array_like
        Logits, any shape.
    target : array_like
        Targets in [0, 1], same shape.

    Returns
    -------
    ndarray or float
        One loss in [0, 1] per element.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the shapes differ or a target is outside [0, 1].

    Notes
    -----
    Accuracy: 8 ulp of |p - y| ((1 - y) p + y (1 - p)); of the value itself for targets 0 and 1.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.sigmoid_squared_error([0.0, 4.0], [1, 1]).round(6))
    [0.25     0.000324]
    """
    z, y = logits_and_target(logits, target)
    return plain(sigmoid_residual(z, y) ** 2)


def sigmoid_squared_error_grad(logits: ArrayLike, target: ArrayLike) -> Any:
    r"""Derivative of the squared error of a sigmoid output with respect to the logit.

    Formula: [SE.8][]; it is bounded, [SE.18][].

    Parameters
    ----------
    logits, target : array_like
        As `sigmoid_squared_error`.

    Returns
    -------
    ndarray or float
        The derivative, in the shape of `logits`.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_squared_error`.

    Notes
    -----
    Accuracy: 8 ulp of 2 p (1 - p) ((1 - y) p + y (1 - p)); of the value itself for targets 0 and 1.

    Examples
    --------
    The worse the mistake, the smaller the gradient: this is saturation.

    >>> import lossref
    >>> print(lossref.sigmoid_squared_error_grad([0.0, -5.0, -10.0], [1, 1, 1]).round(6))
    [-2.5000e-01 -1.3207e-02 -9.1000e-05]
    """
    z, y = logits_and_target(logits, target)
    p, q = sigmoid_pair(z)
    return plain(2 * sigmoid_residual(z, y) * p * q)


def sigmoid_squared_error_hess(logits: ArrayLike, target: ArrayLike) -> Any:
    r"""Second derivative of the squared error of a sigmoid output with respect to the logit.

    Formula: [SE.9][].

    Parameters
    ----------
    logits, target : array_like
        As `sigmoid_squared_error`.

    Returns
    -------
    ndarray or float
        The second derivative, in the shape of `logits`.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_squared_error`.

    Notes
    -----
    Accuracy: 8 ulp of the sum of its terms without their signs.

    Examples
    --------
    It is negative where the output is wrong: the loss is not convex in the logit.

    >>> import lossref
    >>> print(lossref.sigmoid_squared_error_hess([-2.0, 0.0, 2.0], [1, 1, 1]).round(4))
    [-0.1188  0.125   0.0411]
    """
    z, y = logits_and_target(logits, target)
    p, q = sigmoid_pair(z)
    return plain(2 * p * q * (p * q + sigmoid_residual(z, y) * -np.tanh(z / 2)))


def _softmax_parts(logits: ArrayLike, target: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Softmax p, its complement q = 1 - p, the residual p - t and r = (p - t) - p' (p - t)."""
    z = real("logits", logits)
    has_classes("logits", z)
    t = one_hot(target, z.shape, z.dtype)
    p, q, top = softmax_pair(z.astype(np.result_type(z, t), copy=False))
    residual = np.where(t > 0.5, (1 - t) - q, p - t)
    # measured from the largest p, whose own term then drops out of the mean instead of cancelling
    distance = residual - at(residual, top)
    return p, q, residual, distance - sum_without(p * distance, top)


def softmax_squared_error(logits: ArrayLike, target: ArrayLike) -> Any:
    r"""Squared error of softmax outputs, summed over the classes, from the logits.

    Formula: [SE.10][].

    Parameters
    ----------
    logits : array_like
        Logits, shape (..., K).
    target : array_like
        Class indices of shape (...,) or distributions of shape (..., K).

    Returns
    -------
    ndarray or float
        One loss in [0, 2] per row.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If the target fits neither form or a class index is out of range.

    Notes
    -----
    Accuracy: 8 ulp for class indices; for soft targets the residuals p - t may cancel.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.softmax_squared_error([[0.0, 0.0], [0.0, 60.0]], [0, 0]))
    [0.5 2. ]
    """
    _, _, residual, _ = _softmax_parts(logits, target)
    return plain((residual * residual).sum(axis=-1))


def softmax_squared_error_grad(logits: ArrayLike, target: ArrayLike) -> Array:
    r"""Gradient of the squared error of softmax outputs with respect to the logits.

    Formula: [SE.11][].

    Parameters
    ----------
    logits, target : array_like
        As `softmax_squared_error`.

    Returns
    -------
    ndarray
        Shape (..., K); every row sums to 0.

    Raises
    ------
    TypeError, ValueError
        As `softmax_squared_error`.

    Notes
    -----
    Accuracy: 8 ulp of the sum of its terms without their signs.

    Examples
    --------
    A confident mistake is met with almost no gradient.

    >>> import lossref
    >>> print(lossref.softmax_squared_error_grad([0.0, 2.0], 0).round(4))
    [-0.3699  0.3699]
    >>> print(lossref.softmax_squared_error_grad([0.0, 12.0], 0).round(6))
    [-2.5e-05  2.5e-05]
    """
    p, _, _, centered = _softmax_parts(logits, target)
    return np.asarray(2 * p * centered)


def softmax_squared_error_hess(logits: ArrayLike, target: ArrayLike) -> Array:
    r"""Hessian of the squared error of softmax outputs with respect to the logits.

    Formula: [SE.12][].

    Parameters
    ----------
    logits, target : array_like
        As `softmax_squared_error`.

    Returns
    -------
    ndarray
        Shape (..., K, K), symmetric; it need not be positive semi-definite.

    Raises
    ------
    TypeError, ValueError
        As `softmax_squared_error`.

    Notes
    -----
    Accuracy: 12 ulp of the sum of its terms without their signs.

    Examples
    --------
    >>> import lossref, numpy as np
    >>> hessian = lossref.softmax_squared_error_hess([0.0, 3.0, 0.0], 0)
    >>> print(bool(np.linalg.eigvalsh(hessian).min() < 0))
    True
    """
    p, q, _, centered = _softmax_parts(logits, target)
    jacobian = softmax_jacobian(p, q)
    mixed = -p[..., :, np.newaxis] * p[..., np.newaxis, :]
    mixed *= centered[..., :, np.newaxis] + centered[..., np.newaxis, :]
    return np.asarray(2 * (jacobian @ jacobian + with_diagonal(mixed, p * centered * (q - p))))


def brier_score(probabilities: ArrayLike, target: ArrayLike) -> Any:
    r"""Brier score: squared distance of predicted probabilities and target, summed over classes.

    Formula: [SE.13][]; its range is 0 to 2, [SE.19][].

    Parameters
    ----------
    probabilities : array_like
        Predicted probabilities, shape (..., K), rows summing to 1.
    target : array_like
        Class indices of shape (...,) or distributions of shape (..., K).

    Returns
    -------
    ndarray or float
        One score per row.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If rows are no distributions, or the target fits neither form.

    Notes
    -----
    Accuracy: 4 ulp.

    Examples
    --------
    The binary convention counts one class only and is half of this.

    >>> import lossref
    >>> print(lossref.brier_score([[0.5, 0.5], [0.0, 1.0]], [0, 0]))
    [0.5 2. ]

    References
    ----------
    [@Brier50]
    """
    p = distributions("probabilities", probabilities)
    return plain(((p - one_hot(target, p.shape, p.dtype)) ** 2).sum(axis=-1))


def brier_score_grad(probabilities: ArrayLike, target: ArrayLike) -> Array:
    r"""Gradient of the Brier score with respect to the probabilities.

    Formula: [SE.14][].

    Parameters
    ----------
    probabilities, target : array_like
        As `brier_score`.

    Returns
    -------
    ndarray
        Twice the difference of probabilities and target, shape (..., K).

    Raises
    ------
    TypeError, ValueError
        As `brier_score`.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.brier_score_grad([0.25, 0.75], 0))
    [-1.5  1.5]
    """
    p = distributions("probabilities", probabilities)
    return np.asarray(2 * (p - one_hot(target, p.shape, p.dtype)))
