"""Numerical derivatives, to check a gradient against the function it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from lossref._validate import Array, parameter, real


def numerical_gradient(
    f: Callable[[Array], float], x: ArrayLike, *, step: float | None = None
) -> Array:
    r"""Gradient of a scalar function by central differences of fourth order.

    Formula: [CHK.2][]; the two-point form is [CHK.1][].

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns a number.
    x : array_like
        Where to differentiate.
    step : float, optional
        Distance of the points; by default eps ** 0.2 times the size of each coordinate, at least 1.

    Returns
    -------
    ndarray
        The gradient in float64, in the shape of `x`.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `step` is not positive, or `f` returns an array.

    Examples
    --------
    >>> import lossref
    >>> print(lossref.numerical_gradient(lambda x: float((x**2).sum()), [1.0, -2.0]).round(6))
    [ 2. -4.]
    """
    point = real("x", x).astype(np.float64)
    if step is not None:
        step = parameter("step", step, open_low=True)
    gradient = np.empty_like(point)
    for index in np.ndindex(point.shape):
        h = step or float(np.finfo(np.float64).eps) ** 0.2 * max(1.0, abs(float(point[index])))

        def at(offset: float, index: tuple[int, ...] = index) -> float:
            moved = point.copy()
            moved[index] += offset
            value = f(moved)
            if np.ndim(value):
                raise ValueError(
                    f"f must return a number, got an array of shape {np.shape(value)}"
                    " (add the losses up)"
                )
            return float(value)

        gradient[index] = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
    return gradient


def check_gradient(
    f: Callable[[Array], float], f_grad: Callable[[Array], ArrayLike], x: ArrayLike
) -> float:
    r"""Largest relative difference between a gradient and the numerical one.

    Formula: [CHK.3][].

    Parameters
    ----------
    f : callable
        Takes an array, returns a number.
    f_grad : callable
        Takes the same array, returns the gradient that is to be checked, in its shape.
    x : array_like
        Where to compare.

    Returns
    -------
    float
        About 1e-10 for a right gradient in float64, about 1 for a wrong one.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If the gradient does not have the shape of `x`, or `f` returns an array.

    Examples
    --------
    A lost factor 2 shows at once.

    >>> import lossref
    >>> f = lambda x: float(lossref.squared_error(x, [1.0, 0.0]).sum())
    >>> right = lambda x: lossref.squared_error_grad(x, [1.0, 0.0])
    >>> print(lossref.check_gradient(f, right, [0.3, 0.4]) < 1e-9)
    True
    >>> print(round(lossref.check_gradient(f, lambda x: right(x) / 2, [0.3, 0.4]), 4))
    0.5
    """
    point = real("x", x).astype(np.float64)
    claimed = np.asarray(f_grad(point), dtype=np.float64)
    if claimed.shape != point.shape:
        raise ValueError(f"the gradient must have shape {point.shape}, got {claimed.shape}")
    measured = numerical_gradient(f, point)
    if point.size == 0:
        return 0.0
    scale = max(float(np.abs(claimed).max()), float(np.abs(measured).max()), 1e-300)
    return float(np.abs(claimed - measured).max()) / scale
