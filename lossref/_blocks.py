"""Means and gradients in one pass, block by block, so that temporaries stay in cache."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from lossref._validate import Array

BLOCK = 32_768  # elements: 256 KB of float64, inside the L2 cache of current processors


def blocks(size: int, width: int = 1) -> Iterator[slice]:
    """Slices that cover `size` rows of `width` elements, about BLOCK elements each."""
    step = max(1, BLOCK // width)
    return (slice(start, min(start + step, size)) for start in range(0, size, step))


def output(like: Array, out: Array | None) -> Array:
    """Check `out`, or make a new array."""
    if out is None:
        return np.empty(like.shape, like.dtype)
    if not isinstance(out, np.ndarray) or out.shape != like.shape or out.dtype != like.dtype:
        got = f"{getattr(out, 'dtype', type(out).__name__)} {getattr(out, 'shape', '')}".strip()
        raise ValueError(f"out must be an array of {like.dtype} {like.shape}, got {got}")
    if not out.flags.c_contiguous or not out.flags.writeable:
        raise ValueError("out must be C-contiguous and writeable")
    return out


def squared_error_mean_and_grad(
    prediction: Array, target: Array, out: Array | None
) -> tuple[float, Any]:
    """Mean of the squared differences, and 2 / n times the differences."""
    grad = output(prediction, out)
    n = prediction.size
    a, b, g = prediction.reshape(-1), target.reshape(-1), grad.reshape(-1)
    scale = 2 / n
    sums = []
    with np.errstate(over="ignore", invalid="ignore"):
        for part in blocks(n):
            d = np.subtract(a[part], b[part], out=g[part])
            squares = np.multiply(d, d, dtype=np.float64)
            sums.append(float(squares.sum()))
            d *= scale
        value = math.fsum(sums) / n if all(map(math.isfinite, sums)) else _scaled(a, b)
    return value, grad if grad.ndim else float(grad)


def _scaled(a: Array, b: Array) -> float:
    """Mean of squares when a square overflows (or an input is not finite)."""
    difference = np.subtract(a, b, dtype=np.float64)
    scale = float(np.max(np.abs(difference)))
    if not math.isfinite(scale):
        return scale
    return scale * (scale * float(np.mean((difference / scale) ** 2)))


def mean_and_grad(
    value: Callable[[Array, Array], Array],
    grad: Callable[[Array, Array], Array],
    inputs: Array,
    target: Array,
    out: Array | None,
) -> tuple[float, Any]:
    """Mean of an elementwise loss, and its gradient."""
    result = output(inputs, out)
    n = inputs.size
    z, y, g = inputs.reshape(-1), target.reshape(-1), result.reshape(-1)
    sums = []
    for part in blocks(n):
        sums.append(float(np.sum(value(z[part], y[part]), dtype=np.float64)))
        np.divide(grad(z[part], y[part]), n, out=g[part])
    return sum(sums) / n, result if result.ndim else float(result)
