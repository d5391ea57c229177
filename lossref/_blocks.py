"""Means and gradients in one pass, block by block, so that temporaries stay in cache.

Each kernel has a short way for moderate numbers, where no intermediate result can overflow or
underflow, and takes the general, slower way for blocks that hold others.
"""

import math
from functools import cache
from typing import Any

import numpy as np

from lossref._stable import sigmoid_loss_and_grad, softmax_grad, softmax_loss
from lossref._validate import BLOCK, FLOATS, Array, Mask, blocks, in_unit_interval

Target = np.ndarray[Any, np.dtype[Any]]  # class indices or distributions

STRIP = 128  # elements that are added up one after the other; longer sums are sums of strips
SMALL = 2048  # elements: so few are examined before, for blocks and errstate would take longer
LOWEST = {FLOATS[0]: -300.0, FLOATS[1]: -40.0}  # exp of it, squared, is still a normal number
SQUARES = {FLOATS[0]: 1e-280, FLOATS[1]: 1e-20}  # squares that underflow are lost in such a mean
ONE = {dtype: np.ones((), dtype) for dtype in FLOATS}  # an array: quicker to add than a number


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


def fitting(like: Array) -> int:
    """Elements of one block: as many bytes in float32 as in float64."""
    return BLOCK * 8 // like.itemsize


def fsum(values: list[float]) -> float:
    """Exact sum; infinities and NaN, which math.fsum refuses to mix, are added as usual."""
    return math.fsum(values) if all(map(math.isfinite, values)) else sum(values)


def squared_error_mean_and_grad(
    prediction: Array, target: Array, out: Array | None
) -> tuple[float, Any]:
    """Mean of the squared differences, and 2 / n times the differences."""
    grad = output(prediction, target, out)
    n = prediction.size
    a, b, g = prediction.reshape(-1), target.reshape(-1), grad.reshape(-1)
    sums = []
    with np.errstate(over="ignore", invalid="ignore"):
        for part in blocks(n, size=4 * BLOCK):  # there are no temporaries beside the gradient
            difference = np.subtract(a[part], b[part], out=g[part])
            sums.append(sum_of_squares(difference))
            difference *= 2 / n
        value = fsum(sums) / n
        if not SQUARES[g.dtype] <= value < np.inf:
            value = scaled_mean_of_squares(a, b)
    return value, grad if grad.ndim else float(grad)


def scaled_mean_of_squares(a: Array, b: Array) -> float:
    """Mean of (a - b)^2 where a square may overflow or underflow although the mean does neither."""
    n = len(a)
    sizes = [np.abs(np.subtract(a[p], b[p], dtype=np.float64)).max() for p in blocks(n)]
    largest = float(np.max(sizes))
    if largest == 0 or not math.isfinite(largest):
        return largest
    sums = [sum_of_squares(np.subtract(a[p], b[p], dtype=np.float64) / largest) for p in blocks(n)]
    return largest * (largest * (fsum(sums) / n))


def sum_of_squares(values: Array) -> float:
    """Strip by strip: in one long dot product the errors of equal squares would pile up."""
    whole = values.size - values.size % STRIP
    if not whole:
        return float(values.dot(values))
    strips, rest = values[:whole].reshape(-1, STRIP), values[whole:]
    return float(np.vecdot(strips, strips).sum(dtype=np.float64) + rest.dot(rest))


def sigmoid_mean_and_grad(z: Array, y: Array, out: Array | None) -> tuple[float, Any]:
    """Mean binary cross-entropy from logits, and its gradient."""
    grad = output(z, y, out)
    if out is not None:  # a block finds a wrong target out only when others have been written
        in_unit_interval("target", y)
    n = z.size
    logits, targets, g = z.reshape(-1), y.reshape(-1), grad.reshape(-1)
    if n <= SMALL:
        return _sigmoid_block(logits, targets, 1 / n, g) / n, grad if grad.ndim else float(grad)
    with np.errstate(over="ignore", invalid="ignore"):
        sums = [
            _sigmoid_block(logits[part], targets[part], 1 / n, g[part])
            for part in blocks(n, size=fitting(z))
        ]
    return fsum(sums) / n, grad


def _sigmoid_block(z: Array, y: Array, share: float, g: Array) -> float:
    """Sum of the losses of one block; the share times their slopes goes to g.

    For targets 0 and 1, with s = z for 0 and -z for 1 and u = exp(s), the loss is log1p(u) and its
    slope u / (1 + u), with the sign of s / z: no cancellation.
    """
    one = ONE[y.dtype]
    sign = one - y
    if np.count_nonzero(sign * y == 0) == y.size:
        sign -= y
        u = sign * z
        if moderate(u):
            np.exp(u, out=u)
            np.add(u, one, out=g)
            np.divide(u, g, out=g)
            sign *= share
            g *= sign
            total = float(np.add.reduce(np.log1p(u, out=u)))
            if total < np.inf:  # else exp overflows
                return total
    in_unit_interval("target", y)
    sums = []
    for part in blocks(z.size, size=fitting(z) // 4):  # the general way has more temporaries
        losses, slopes = sigmoid_loss_and_grad(z[part], y[part])
        np.multiply(slopes, share, out=g[part])
        sums.append(float(losses.sum(dtype=np.float64)))
    return fsum(sums)


def moderate(z: Array) -> bool:
    """Whether exp needs no shift: no logit is NaN or so low that its exponential loses digits.

    Of at most SMALL logits it says as well that none is so high; of more, the kernels find out.
    """
    lowest = LOWEST[z.dtype]
    if z.size > SMALL:
        return bool(z.min() >= lowest)
    return bool(z.dot(z) <= lowest**2 or (z.min() >= lowest and z.max() <= -lowest))


def softmax_mean_and_grad(
    z: Array, target: Target, weights: Array | None, keep: Mask | None, out: Array | None
) -> tuple[float, Array]:
    """Weighted mean over the rows kept of softmax cross-entropy, and its gradient."""
    width = z.shape[-1]
    indices = target.ndim < z.ndim
    if not indices:
        z = z.astype(np.result_type(z, target), copy=False)
    grad = output(z, target, out)
    rows, slopes = z.reshape(-1, width), grad.reshape(-1, width)
    t = target.reshape(-1) if indices else target.reshape(-1, width)
    kept = None if keep is None else keep.reshape(-1)
    total = _total_weight(t, weights, kept, width)
    if total == 0:
        raise ValueError("softmax_cross_entropy: no row with a positive weight is left to average")
    if kept is None and z.size <= SMALL:
        return _softmax_block(rows, t, weights, total, slopes) / total, grad
    sums = []
    with np.errstate(over="ignore", invalid="ignore"):
        for part in blocks(len(rows), width, fitting(z)):
            if kept is None or kept[part].all():
                sums.append(_softmax_block(rows[part], t[part], weights, total, slopes[part]))
            else:
                some = np.flatnonzero(kept[part]) + (part.start or 0)
                g = slopes[some]
                sums.append(_softmax_block(rows[some], t[some], weights, total, g))
                slopes[part] = 0
                slopes[some] = g
    return fsum(sums) / total, grad


def _total_weight(t: Target, weights: Array | None, kept: Mask | None, width: int) -> float:
    """Sum of the weights of the targets kept; without weights their number."""
    if weights is None:
        return float(len(t) if kept is None else np.count_nonzero(kept))
    sums = []
    for part in blocks(len(t), width):
        some = t[part] if kept is None else t[part][kept[part]]
        each = weights[some] if t.ndim == 1 else some @ weights
        sums.append(float(each.sum(dtype=np.float64)))
    return fsum(sums)


def _softmax_block(
    z: Array, target: Target, weights: Array | None, total: float, g: Array
) -> float:
    """Weighted sum of the losses of one block; their gradients divided by the total go to g."""
    labels = target.ndim == 1
    if labels and moderate(z.reshape(-1)):
        weight = None if weights is None else weights[target]
        loss = _softmax_labels(z, target, weight, total, g)
        if loss is not None:
            return loss
    sums = []
    for part in blocks(len(z), z.shape[1], fitting(z) // 4):  # the general way has more temporaries
        t = target[part]
        if labels:
            t = (t[:, np.newaxis] == np.arange(z.shape[1])).astype(z.dtype)
        if weights is not None:
            t = t * weights.astype(z.dtype)
        np.divide(softmax_grad(z[part], t), total, out=g[part])
        sums.append(float(softmax_loss(z[part], t).sum(dtype=np.float64)))
    return fsum(sums)


def _softmax_labels(
    z: Array, labels: Target, weight: Array | None, total: float, g: Array
) -> float | None:
    """`_softmax_block` for class indices, without a shift; None if the logits are too large.

    With right = exp(z_c) and wrong = the sum of the others, the loss is log1p(wrong / right), the
    gradient exp(z) / (right + wrong), and at the target -wrong / (right + wrong): no cancellation.
    """
    n, width = z.shape
    flat, at_target = g.reshape(-1), labels + np.arange(0, n * width, width)
    np.exp(z, out=g)
    right = flat[at_target]
    flat[at_target] = 0
    wrong = row_sums(g)
    flat[at_target] = -wrong
    both = right + wrong
    if z.size > SMALL and not both.max() <= math.exp(-LOWEST[g.dtype]):
        return None
    scale = np.array(1 / total, g.dtype) / both
    loss = np.log1p(wrong / right)
    if weight is not None:
        scale *= weight
        loss *= weight
    if width <= STRIP:  # one long product instead of many short ones
        flat *= scale.repeat(width)
    else:
        g *= scale[:, np.newaxis]
    return float(np.add.reduce(loss, dtype=np.float64))


@cache
def ones(width: int, dtype: np.dtype[Any]) -> Array:
    """A vector of ones."""
    return np.ones(width, dtype)


def row_sums(values: Array) -> Array:
    """Sums of rows: short ones by a dot product with ones, longer ones in less error."""
    n, width = values.shape
    if width <= STRIP:
        return np.asarray(values.dot(ones(width, values.dtype)))
    if n == 1:  # a row as long as a block
        whole = width - width % STRIP
        strips, rest = values[:, :whole].reshape(-1, STRIP), values[:, whole:]
        return np.asarray(row_sums(strips).sum(keepdims=True) + rest.sum(axis=1))
    return np.asarray(values.sum(axis=1))
