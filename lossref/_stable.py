"""Arithmetic that several losses share: forms that neither overflow nor cancel."""

import numpy as np

from lossref._validate import Array, Positions


def times(weight: Array, value: Array) -> Array:
    """Return weight * value, with 0 times infinity = 0: what has no weight costs nothing."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where((weight == 0) & ~np.isnan(value), weight, weight * value)


def quotient(numerator: Array, denominator: Array) -> Array:
    """Return numerator / denominator, with 0 / 0 = 0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where((numerator == 0) & (denominator == 0), 0, numerator / denominator)


def at(values: Array, position: Positions) -> Array:
    """The entry of each row at this position, kept as a last axis of one."""
    return np.take_along_axis(values, position, axis=-1)


def replaced(values: Array, position: Positions, entry: Array) -> Array:
    """A copy of the rows with another entry at this position."""
    copy = values.copy()
    np.put_along_axis(copy, position, entry, axis=-1)
    return copy


def largest(values: Array) -> Positions:
    """Position of the largest entry of each row (of a NaN, if there is one)."""
    return np.asarray(np.argmax(values, axis=-1)[..., np.newaxis])


def sum_without(values: Array, position: Positions) -> Array:
    """The sum of each row without the entry at this position, kept as a last axis of one."""
    rest = replaced(values, position, np.zeros_like(values, shape=position.shape))
    return careful_sum(rest)[..., np.newaxis]


def careful_sum(values: Array) -> Array:
    """Sum of K entries of each row within about (K eps)^2 of the largest, also where they cancel.

    Adding and subtracting a power of two cuts every entry on one grid, on which sums are exact; the
    remainders are at most K eps of the largest entry, and so small are their rounding errors.
    Entries in float32 are added in float64.
    """
    if values.dtype == np.float32:
        return np.asarray(values.sum(axis=-1, dtype=np.float64).astype(np.float32))
    grid = np.ldexp(4.0, np.frexp(values.shape[-1] * np.abs(values).max(axis=-1, keepdims=True))[1])
    high = (values + grid) - grid
    return np.asarray(high.sum(axis=-1) + (values - high).sum(axis=-1))


def exp(x: Array) -> Array:
    """Exponential, in float32 rounded from float64: NumPy's own is off there by up to 2.5 ulp."""
    return np.asarray(np.exp(x, dtype=np.float64).astype(x.dtype, copy=False))


def shifted_exp(z: Array) -> tuple[Array, Positions, Array]:
    """Exponentials of z - m, the position of m, and m, the maximum of the last axis.

    exp turns the rounding error of z - m into a relative error of up to |z - m| / 2 ulp, so that
    error is computed exactly (Knuth's two-sum) and put back: exp(d + error) = exp(d) (1 + error).
    Two logits that are the same infinity have no limit: NaN.
    """
    top = largest(z)
    wide = z.astype(np.float64, copy=False)
    m = at(wide, top)
    with np.errstate(invalid="ignore", over="ignore"):
        d = wide - m
        moved = d - wide
        error = (wide - (d - moved)) - (m + moved)
        e = np.exp(d)
        e = e + np.where(e > 0, e * error, 0)  # where e is 0, d may be infinite and error NaN
    e = replaced(e, top, np.where(np.isnan(m), m, 1))
    return e.astype(z.dtype, copy=False), top, at(z, top)


def softmax_pair(z: Array) -> tuple[Array, Array, Positions]:
    """Softmax p, its complement 1 - p, and the position of the largest p.

    Only the largest p can come near 1, where 1 - p would cancel: there it is a sum of the others.
    """
    e, top, _ = shifted_exp(z)
    rest = sum_without(e, top)
    p = e / (1 + rest)
    return p, replaced(1 - p, top, rest / (1 + rest)), top


def softmax_residual(p: Array, q: Array, t: Array) -> Array:
    """Return s p - t, s = sum of t, from p and q = 1 - p.

    Where t is more than half of s, as (sum of the other t) - s q: both parts are small when the
    prediction is right.
    """
    s = t.sum(axis=-1, keepdims=True)
    main = largest(t)
    others = sum_without(t, main)
    residual = s * p - t
    right = np.where(at(t, main) > others, others - s * at(q, main), at(residual, main))
    return replaced(residual, main, right)


def sigmoid_pair(z: Array) -> tuple[Array, Array]:
    """Return sigmoid(z) and its complement sigmoid(-z), both to full relative accuracy."""
    e = exp(-np.abs(z))  # in [0, 1]: cannot overflow
    near, far = 1 / (1 + e), e / (1 + e)
    return np.where(z < 0, far, near), np.where(z < 0, near, far)


def sigmoid_residual(z: Array, y: Array) -> Array:
    """Return sigmoid(z) - y.

    As (1 - y) sigmoid(z) - y sigmoid(-z) both parts are small when the prediction is right; for y
    near 1/2 the two parts cancel, and p - 1/2 = tanh(z / 2) / 2 does not.
    """
    p, q = sigmoid_pair(z)
    return np.where(np.abs(y - 0.5) < 0.25, np.tanh(z / 2) / 2 - (y - 0.5), (1 - y) * p - y * q)


def softmax_jacobian(p: Array, q: Array) -> Array:
    """Jacobian diag(p) - p p' of the softmax, with q = 1 - p exact on the diagonal."""
    return with_diagonal(-p[..., :, np.newaxis] * p[..., np.newaxis, :], p * q)


def with_diagonal(matrices: Array, diagonal: Array) -> Array:
    """Matrices (a fresh array) with their diagonals set."""
    index = np.arange(diagonal.shape[-1])
    matrices[..., index, index] = diagonal
    return matrices


def softmax_loss(z: Array, t: Array) -> Array:
    """Sum of t_k (logsumexp(z) - z_k), as sum t_k (m - z_k) + sum t log1p(others): no term < 0."""
    e, top, m = shifted_exp(z)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.where(z == m, 0, m - z)
        excess = np.log1p(sum_without(e, top))[..., 0]
        cost = times(t, gap)
        if np.isinf(cost).any():  # m - z may overflow where t (m - z) does not
            cost = np.where(np.isinf(cost), times(t, m) - times(t, z), cost)
        return np.asarray(cost.sum(axis=-1) + times(t.sum(axis=-1), excess))


def softmax_grad(z: Array, t: Array) -> Array:
    """Gradient of `softmax_loss` with respect to z."""
    p, q, _ = softmax_pair(z)
    return softmax_residual(p, q, t)


def sigmoid_loss_and_grad(z: Array, y: Array) -> tuple[Array, Array]:
    """Binary cross-entropy from logits and its derivative, from one exponential.

    softplus(|z|) = |z| + log1p(e) and softplus(-|z|) = log1p(e), so (1 - y) softplus(z) +
    y softplus(-z) is log1p(e) + wrong |z|, with the part of the target that contradicts z.
    """
    size = np.abs(z)
    e = exp(-size)
    wrong, right = np.where(z < 0, y, 1 - y), np.where(z < 0, 1 - y, y)
    loss = np.log1p(e) + times(wrong, size)
    if (np.abs(y - 0.5) < 0.25).any():
        return loss, sigmoid_residual(z, y)
    slope = (wrong - right * e) / (1 + e)
    return loss, np.where(z < 0, -slope, slope)
