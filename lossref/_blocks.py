"""Means and gradients in one pass, block by block, so that temporaries stay in cache."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from lossref._stable import sigmoid_loss_and_grad, softmax_grad, softmax_loss, times
from lossref._validate import Array

Target = np.ndarray[Any, np.dtype[Any]]  # class indices or distributions

BLOCK = 16_384  # elements: a temporary takes 128 KB, a few of them fit the L2 cache


def blocks(rows: int, width: int = 1) -> Iterator[slice]:
    """Slices that cover the rows, about BLOCK elements each."""
    step = max(1, BLOCK // width)
    return (slice(start, min(start + step, rows)) for start in range(0, rows, step))


def output(like: Array, other: Target, out: Array | None) -> Array:
    """Check `out`, or make a new array like the first input."""
    if out is None:
        return np.empty(like.shape, like.dtype)
    if not isinstance(out, np.ndarray) or out.shape != like.shape or out.dtype != like.dtype:
        got = f"{getattr(out, 'dtype', type(out).__name__)} {getattr(out, 'shape', '')}".strip()
        raise ValueError(f"out must be an array of {like.dtype} {like.shape}, got {got}")
    if not out.flags.c_contiguous or not out.flags.writeable:
        raise ValueError("out must be C-contiguous and writeable")
    if np.may_share_memory(out, like) or np.may_share_memory(out, other):
        raise ValueError("out must not share memory with an input")
    return out


def squared_error_mean_and_grad(
    prediction: Array, target: Array, out: Array | None
) -> tuple[float, Any]:
    """Mean of the squared differences, and 2 / n times the differences."""
    grad = output(prediction, target, out)
    n = prediction.size
    a, b, g = prediction.reshape(-1), target.reshape(-1), grad.reshape(-1)
    sums, largest = [], 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for part in blocks(n):
            difference = np.subtract(a[part], b[part], dtype=np.float64)
            np.multiply(difference, 2 / n, out=g[part], casting="same_kind")
            largest = max(largest, float(np.max(np.abs(difference))))
            difference *= difference
            sums.append(float(difference.sum()))
        value = fsum(sums) / n
        if value == np.inf and largest < np.inf:  # the squares overflow, perhaps not their mean
            scaled = np.subtract(a, b, dtype=np.float64) / largest
            value = largest * (largest * float(np.mean(scaled * scaled)))
    return value, grad if grad.ndim else float(grad)


def fsum(values: list[float]) -> float:
    """Exact sum; infinities and NaN, which math.fsum refuses to mix, are added as usual."""
    return math.fsum(values) if all(map(math.isfinite, values)) else sum(values)


def sigmoid_mean_and_grad(z: Array, y: Array, out: Array | None) -> tuple[float, Any]:
    """Mean binary cross-entropy from logits, and its gradient."""
    grad = output(z, y, out)
    n = z.size
    logits, targets, g = z.reshape(-1), y.reshape(-1), grad.reshape(-1)
    sums = []
    for part in blocks(n):
        losses, slopes = sigmoid_loss_and_grad(logits[part], targets[part])
        sums.append(float(losses.sum(dtype=np.float64)))
        np.divide(slopes, n, out=g[part])
    return fsum(sums) / n, grad if grad.ndim else float(grad)


def softmax_mean_and_grad(
    z: Array,
    target: Target,
    weights: Array | None,
    keep: np.ndarray[Any, np.dtype[np.bool_]],
    out: Array | None,
) -> tuple[float, Array]:
    """Weighted mean over the rows kept of softmax cross-entropy, and its gradient."""
    width = z.shape[-1]
    indices = target.ndim < z.ndim
    z = z if indices else z.astype(np.result_type(z, target), copy=False)
    grad = output(z, target, out)
    rows, slopes, kept = z.reshape(-1, width), grad.reshape(-1, width), keep.reshape(-1)
    t = target.reshape(-1) if indices else target.reshape(-1, width)
    factor, total = np.ones(len(rows)), float(kept.sum())
    if weights is not None:
        weight = weights[t] if indices else t @ weights
        total = float(weight[kept].sum(dtype=np.float64))
        factor = weight.astype(np.float64) if indices else factor
    if total == 0:
        raise ValueError("softmax_cross_entropy: no row with a positive weight is left to average")
    factor = factor / total
    sums = []
    for part in blocks(len(rows), width):
        everything = bool(kept[part].all())
        some = part if everything else part.start + np.flatnonzero(kept[part])
        targets = t[some] if indices or weights is None else t[some] * weights.astype(z.dtype)
        g = slopes[some]  # a view of the gradient if all rows are kept, else a copy
        sums.append(float(times(factor[some], _fill(rows[some], targets, factor[some], g)).sum()))
        if not everything:
            slopes[part] = 0
            slopes[some] = g
    return fsum(sums), grad


def _fill(z: Array, target: Target, factor: Array, g: Array) -> Array:
    """Losses of the rows of one block; their gradients times the factors go to g."""
    limit = 30 if z.dtype == np.float32 else 300
    if target.ndim == 1 and z.size and z.min() >= -limit and z.max() <= limit:
        return _fill_unshifted(z, target, factor, g)
    if target.ndim == 1:
        target = (target[:, np.newaxis] == np.arange(z.shape[1])).astype(z.dtype)
    g[...] = softmax_grad(z, target) * factor[:, np.newaxis]
    return softmax_loss(z, target)


def _fill_unshifted(z: Array, labels: Target, factor: Array, g: Array) -> Array:
    """`_fill` for class indices and logits so moderate that exp needs no shift by the maximum.

    With right = exp(z_c) and wrong = the sum of the others, the loss is log1p(wrong / right), the
    gradient exp(z) / (right + wrong), and at the target -wrong / (right + wrong): no cancellation.
    """
    rows = np.arange(len(z))
    np.exp(z, out=g)
    right = g[rows, labels]
    g[rows, labels] = 0
    wrong = row_sums(g)
    scale = (factor / (right + wrong)).astype(g.dtype)
    g *= scale[:, np.newaxis]
    g[rows, labels] = -wrong * scale
    return np.asarray(np.log1p(wrong / right))


def row_sums(values: Array) -> Array:
    """Sums of rows: short ones by a dot product with ones, long ones pairwise, in less error."""
    if values.shape[1] <= 128:
        return np.asarray(values @ np.ones(values.shape[1], values.dtype))
    return np.asarray(values.sum(axis=1))
