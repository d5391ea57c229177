"""Every value, gradient and Hessian against mpmath at 420 digits, in units in the last place.

The reference evaluates the displayed definition on the very floats that lossref gets, so nothing
here comes from a table; with so many digits the definition may cancel down to 1e-308.
An error is measured in ulp of the dtype at the exact value. Near zeros that a function crosses (a
residual p - t with p near t) the condition limits the accuracy, not the formula, and the error is
measured against the size of the terms.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import lossref
from tests.bounds import BOUNDS, GRADIENTS

mp.mp.dps = 420
DTYPES = [np.float64, np.float32]
WORST: dict[tuple[str, str], float] = {}


def ulp_error(got: float, exact: Any, dtype: Any, size: Any = None) -> float:
    """Distance in ulp at the exact value (or at `size`, what the terms of the sum amount to)."""
    limits = np.finfo(dtype)
    scale = abs(exact) if size is None else max(abs(exact), abs(size))
    if scale > mp.mpf(float(limits.max)):
        return 0.0 if np.isinf(got) and (got > 0) == (exact > 0) else np.inf
    spacing = np.spacing(np.maximum(dtype(float(scale)), limits.smallest_subnormal))
    return float(abs(mp.mpf(float(got)) - exact) / mp.mpf(float(spacing)))


def assert_close(
    name: str,
    got: Any,
    exact: Sequence[Any],
    dtype: Any,
    sizes: Sequence[Any] | None = None,
    bound: float | None = None,
) -> None:
    """Within the promised bound; a part of the name in brackets says which case it is."""
    bound = BOUNDS[name.split(" (")[0]] if bound is None else bound
    values = np.asarray(got, dtype=np.float64).ravel()
    assert values.shape == (len(exact),)
    sizes = sizes or [None] * len(exact)
    errors = [ulp_error(a, b, dtype, s) for a, b, s in zip(values, exact, sizes, strict=True)]
    worst = int(np.argmax(errors))
    key = (name, np.dtype(dtype).name)
    WORST[key] = max(WORST.get(key, 0.0), errors[worst])
    assert errors[worst] <= bound, (
        f"{name}: {errors[worst]:.2f} ulp, got {values[worst]!r}, "
        f"exact {mp.nstr(exact[worst], 20)} (entry {worst})"
    )


def exact_list(values: Any) -> list[Any]:
    return [mp.mpf(float(v)) for v in np.ravel(values)]


# Scalars: logits from subnormal results to saturation


def logits_1d(dtype: Any) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(7)
    edges = [
        0.0,
        1e-300,
        1e-20,
        1e-8,
        0.1,
        0.5,
        1,
        2,
        5,
        12,
        16.6,
        36.7,
        40,
        88,
        103,
        700,
        744,
        800,
        1e4,
        1e30,
        1e308,
    ]
    spread = np.concatenate([rng.normal(0, s, 40) for s in (1e-3, 1, 10, 100, 1e6)])
    values = np.concatenate([edges, np.negative(edges), spread])
    return np.clip(values, -np.finfo(dtype).max / 4, np.finfo(dtype).max / 4).astype(dtype)


def m_exp(z: Any) -> Any:
    """Exponential of z <= 0; 0 below the range of every dtype."""
    return mp.exp(z) if z > -5000 else mp.mpf(0)


def m_sigmoid(z: Any) -> Any:
    e = m_exp(-abs(z))
    return (1 if z >= 0 else e) / (1 + e)


def m_softplus(z: Any) -> Any:
    return max(z, mp.mpf(0)) + mp.log1p(m_exp(-abs(z)))


TARGETS = [0.0, 1.0, 0.5, 0.25, 0.75, 0.1, 0.95, 1e-10, 1 - 2**-20]

SIGMOID: dict[str, Callable[[Any], Any]] = {
    "sigmoid": m_sigmoid,
    "softplus": m_softplus,
    "log_sigmoid": lambda z: -m_softplus(-z),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", SIGMOID)
def test_links(name: str, dtype: Any) -> None:
    z = logits_1d(dtype)
    function = SIGMOID[name]
    assert_close(name, getattr(lossref, name)(z), [function(v) for v in exact_list(z)], dtype)


def residual(z: Any, y: Any) -> Any:
    return m_sigmoid(z) - y


def p_q(z: Any) -> Any:
    return m_sigmoid(z) * m_sigmoid(-z)


# name -> (exact value, size of the terms when they can cancel)
BINARY: dict[str, tuple[Any, Any]] = {
    "sigmoid_cross_entropy": (
        lambda z, y: (1 - y) * m_softplus(z) + y * m_softplus(-z),
        None,
    ),
    "sigmoid_cross_entropy_grad": (
        residual,
        lambda z, y: (1 - y) * m_sigmoid(z) + y * m_sigmoid(-z),
    ),
    "sigmoid_cross_entropy_hess": (lambda z, y: p_q(z), None),
    "sigmoid_squared_error": (
        lambda z, y: residual(z, y) ** 2,
        lambda z, y: abs(residual(z, y)) * ((1 - y) * m_sigmoid(z) + y * m_sigmoid(-z)),
    ),
    "sigmoid_squared_error_grad": (
        lambda z, y: 2 * residual(z, y) * p_q(z),
        lambda z, y: 2 * p_q(z) * ((1 - y) * m_sigmoid(z) + y * m_sigmoid(-z)),
    ),
    "sigmoid_squared_error_hess": (
        lambda z, y: 2 * p_q(z) * (p_q(z) + residual(z, y) * (m_sigmoid(-z) - m_sigmoid(z))),
        lambda z, y: 2 * p_q(z) * (p_q(z) + (1 - y) * m_sigmoid(z) + y * m_sigmoid(-z)),
    ),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", BINARY)
def test_losses_of_a_logit(name: str, dtype: Any) -> None:
    z = np.tile(logits_1d(dtype), len(TARGETS))
    y = np.repeat(np.array(TARGETS, dtype), len(z) // len(TARGETS))
    function, size = BINARY[name]
    pairs = list(zip(exact_list(z), exact_list(y), strict=True))
    sizes = [size(a, b) for a, b in pairs] if size else None
    assert_close(
        name, getattr(lossref, name)(z, y), [function(a, b) for a, b in pairs], dtype, sizes=sizes
    )


# Softmax: the adversarial rows named in the design


def rows(dtype: Any, classes: int) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(classes)
    big = 1e308 if dtype == np.float64 else 1e38
    made = [rng.normal(0, scale, classes) for scale in (1e-3, 1, 30, 300, 1e6)]
    made += [rng.normal(0, 1, classes) + 1e4, np.zeros(classes), np.full(classes, 3.7)]
    # at 100 and 740 results are subnormal; of many classes each term is rounded on that grid
    subnormal = (100, 740) if classes <= 10 else ()
    for lead in (12, 40, 80, 800, *subnormal):
        row = rng.normal(0, 1, classes)
        row[classes // 2] += lead
        made.append(row)
    made += [np.concatenate([[700.3, 0.1], rng.normal(0, 200, classes - 2)])]
    made += [np.concatenate([[big, -big], np.zeros(classes - 2)])]
    masked = rng.normal(0, 2, classes)
    masked[0] = -np.inf
    return np.array([*made, masked]).astype(dtype)


def m_softmax(row: Any) -> tuple[list[Any], list[Any], Any]:
    """Softmax p, 1 - p as a sum of the others, and logsumexp."""
    z = exact_list(row)
    top = max(z)
    e = [m_exp(v - top) if mp.isfinite(v) else mp.mpf(0) for v in z]
    total = mp.fsum(e)
    p = [v / total for v in e]
    q = [
        (total - v) / total if v < 1 else mp.fsum(e[:k] + e[k + 1 :]) / total
        for k, v in enumerate(e)
    ]
    return p, q, top + mp.log1p(mp.fsum(sorted(e)[:-1]))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("classes", [2, 3, 10, 300])
def test_softmax_family(classes: int, dtype: Any) -> None:
    z = rows(dtype, classes)
    exact = [m_softmax(row) for row in z]
    flat_p = [v for p, _, _ in exact for v in p]
    assert_close("softmax", lossref.softmax(z), flat_p, dtype)
    # near 0, m and log(sum) cancel in logsumexp: measured against |m| + log(sum)
    sizes = [abs(mp.mpf(float(row.max()))) + mp.log(classes) for row in z]
    assert_close("logsumexp", lossref.logsumexp(z), [s for _, _, s in exact], dtype, sizes=sizes)
    finite = np.isfinite(z)
    wanted = [
        mp.mpf(float(v)) - s
        for row, (_, _, s) in zip(z, exact, strict=True)
        for v in row
        if np.isfinite(v)
    ]
    assert_close("log_softmax", lossref.log_softmax(z)[finite], wanted, dtype)


def targets_for(z: np.ndarray[Any, Any], kind: str) -> Any:
    rng = np.random.default_rng(3)
    n, classes = z.shape
    if kind == "right":
        return np.argmax(z, axis=1)
    if kind == "wrong":
        return np.argmin(np.where(np.isfinite(z), z, np.inf), axis=1)
    if kind == "one-hot":
        return np.eye(classes, dtype=z.dtype)[np.argmax(z, axis=1)]
    if kind == "smoothed":
        t = lossref.smooth_labels(np.argmax(z, axis=1), classes, 0.1)
    else:
        t = rng.dirichlet(np.ones(classes), n)
    t[~np.isfinite(z)] = 0  # a masked class must not be wanted
    return (t / t.sum(axis=1, keepdims=True)).astype(z.dtype)


KINDS = ["right", "wrong", "one-hot", "smoothed", "random"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weighted", [False, True])
def test_softmax_cross_entropy(kind: str, weighted: bool, dtype: Any) -> None:
    z = rows(dtype, 10)
    t = targets_for(z, kind)
    w = np.linspace(0.25, 4, 10).astype(dtype) if weighted else np.ones(10, dtype)
    options = {"class_weights": w} if weighted else {}
    values, grads, sizes, hessians = [], [], [], []
    for row, label in zip(z, t, strict=True):
        p, q, lse = m_softmax(row)
        one = np.eye(10)[label] if np.ndim(label) == 0 else label
        wt = [mp.mpf(float(a)) * mp.mpf(float(b)) for a, b in zip(w, one, strict=True)]
        s = mp.fsum(wt)
        values.append(
            mp.fsum(a * (lse - mp.mpf(float(v))) for a, v in zip(wt, row, strict=True) if a)
        )
        for k, (a, b, c) in enumerate(zip(p, q, wt, strict=True)):
            grads.append(s * a - c)
            others = mp.fsum(wt[:k] + wt[k + 1 :])
            sizes.append(min(s * a + c, s * b + others))
        hessians += [
            s * a * (b if i == j else -c)
            for i, (a, b) in enumerate(zip(p, q, strict=True))
            for j, c in enumerate(p)
        ]
    assert_close(
        "softmax_cross_entropy", lossref.softmax_cross_entropy(z, t, **options), values, dtype
    )
    assert_close(
        "softmax_cross_entropy_grad",
        lossref.softmax_cross_entropy_grad(z, t, **options),
        grads,
        dtype,
        sizes=sizes,
    )
    assert_close(
        "softmax_cross_entropy_hess",
        lossref.softmax_cross_entropy_hess(z, t, **options),
        hessians,
        dtype,
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_softmax_cross_entropy_of_a_vocabulary(dtype: Any) -> None:
    rng = np.random.default_rng(5)
    z = rng.normal(0, 2, (2, 50257)).astype(dtype)
    z[1, 7] += 40
    for row in z:
        with mp.workdps(60):  # 60 digits are enough above 1e-30, and 420 are slow for 50257 classes
            e = np.array([mp.exp(mp.mpf(float(v))) for v in row], dtype=object)
        for label in (7, 11):
            with mp.workdps(60):
                exact = mp.log1p(mp.fsum(np.delete(e, label)) / e[label])
            got = lossref.softmax_cross_entropy(row, label)
            assert_close("softmax_cross_entropy (50257 classes)", got, [exact], dtype)
            fused, slope = lossref.softmax_cross_entropy_value_and_grad(row, label)
            assert_close(
                "softmax_cross_entropy_value_and_grad (50257 classes)", fused, [exact], dtype
            )
            with mp.workdps(60):
                exact = -mp.fsum(np.delete(e, label)) / mp.fsum(e)
            assert_close(
                "softmax_cross_entropy_value_and_grad (gradient at the label)",
                slope[label],
                [exact],
                dtype,
            )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_softmax_squared_error(kind: str, dtype: Any) -> None:
    z = rows(dtype, 4)
    t = targets_for(z, kind)
    values, grads, sizes, hessians, bounds = [], [], [], [], []
    for row, label in zip(z, t, strict=True):
        p, q, _ = m_softmax(row)
        one = np.eye(4)[label] if np.ndim(label) == 0 else label
        t_row = exact_list(one)
        r = [a - b for a, b in zip(p, t_row, strict=True)]
        terms = [min(a + b, c + 1 - b) for a, b, c in zip(p, t_row, q, strict=True)]
        values.append(mp.fsum(v * v for v in r))
        dot = mp.fsum(a * v for a, v in zip(p, r, strict=True))
        v = [x - dot for x in r]
        for k in range(4):
            grads.append(2 * p[k] * v[k])
            sizes.append(
                2 * p[k] * mp.fsum(p[j] * (terms[k] + terms[j]) for j in range(4) if j != k)
            )
        jac = [[p[i] * (q[i] if i == j else -p[j]) for j in range(4)] for i in range(4)]
        for i in range(4):
            for j in range(4):
                square = [jac[i][k] * jac[k][j] for k in range(4)]
                second = p[i] * v[i] * (q[i] - p[i]) if i == j else -p[i] * p[j] * (v[i] + v[j])
                hessians.append(2 * (mp.fsum(square) + second))
                spread = [
                    mp.fsum(p[j2] * (terms[k] + terms[j2]) for j2 in range(4) if j2 != k)
                    for k in range(4)
                ]
                size = p[i] * spread[i] if i == j else p[i] * p[j] * (spread[i] + spread[j])
                bounds.append(2 * (mp.fsum(abs(x) for x in square) + size))
    assert_close(
        "softmax_squared_error_grad",
        lossref.softmax_squared_error_grad(z, t),
        grads,
        dtype,
        sizes=sizes,
    )
    assert_close(
        "softmax_squared_error_hess",
        lossref.softmax_squared_error_hess(z, t),
        hessians,
        dtype,
        sizes=bounds,
    )
    if kind != "random" and kind != "smoothed":  # there p - t does not cancel
        assert_close("softmax_squared_error", lossref.softmax_squared_error(z, t), values, dtype)


# Probabilities


def test_probabilities_of_two() -> None:
    rng = np.random.default_rng(2)
    for dtype in DTYPES:
        tiny = float(np.finfo(dtype).tiny) * 4
        p = np.concatenate(
            [[0.5, tiny, 1e-20, 1e-3, 0.3, 0.7, 0.999, 1 - 2**-20], rng.random(40)]
        ).astype(dtype)
        for y in TARGETS:
            target = np.full_like(p, y)
            y_ = mp.mpf(float(target[0]))
            ps = exact_list(p)
            assert_close(
                "binary_cross_entropy",
                lossref.binary_cross_entropy(p, target),
                [-(y_ * mp.log(v) + (1 - y_) * mp.log1p(-v)) for v in ps],
                dtype,
            )
            assert_close(
                "binary_cross_entropy_grad",
                lossref.binary_cross_entropy_grad(p, target),
                [(v - y_) / (v * (1 - v)) for v in ps],
                dtype,
            )
            assert_close(
                "binary_cross_entropy_hess",
                lossref.binary_cross_entropy_hess(p, target),
                [(1 - y_) / (1 - v) ** 2 + y_ / v**2 for v in ps],
                dtype,
            )


def simplex(dtype: Any) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(11)
    p = np.concatenate([rng.dirichlet(np.full(5, a), 20) for a in (0.05, 1.0, 100.0)]).astype(dtype)
    return np.asarray(p / p.sum(axis=1, keepdims=True))


@pytest.mark.parametrize("dtype", DTYPES)
def test_distributions(dtype: Any) -> None:
    p = simplex(dtype)
    q = p[::-1].copy()
    near = lossref.softmax(
        np.log(np.maximum(p, 1e-20)) + np.float32(1e-4) * np.arange(5, dtype=dtype)
    )
    log = lambda v: mp.log(v) if v else mp.mpf(0)  # noqa: E731
    pairs = [(exact_list(a), exact_list(b)) for a, b in zip(p, q, strict=True)]
    assert_close(
        "entropy", lossref.entropy(p), [-mp.fsum(v * log(v) for v in a) for a, _ in pairs], dtype
    )
    positive = (q > 0).all(axis=1)
    kept = [pair for pair, ok in zip(pairs, positive, strict=True) if ok]
    assert_close(
        "categorical_cross_entropy",
        lossref.categorical_cross_entropy(q[positive], p[positive]),
        [-mp.fsum(x * log(y) for x, y in zip(a, b, strict=True)) for a, b in kept],
        dtype,
    )
    assert_close(
        "brier_score",
        lossref.brier_score(q, p),
        [mp.fsum((x - y) ** 2 for x, y in zip(a, b, strict=True)) for a, b in pairs],
        dtype,
    )
    for other, name in ((q, "kl_divergence"), (near, "kl_divergence (near)")):
        usable = ((other > 0) | (p == 0)).all(axis=1)
        exact = [
            max(
                mp.mpf(0),
                mp.fsum(
                    mp.mpf(float(x)) * mp.log(mp.mpf(float(x)) / mp.mpf(float(y)))
                    for x, y in zip(a, b, strict=True)
                    if x
                ),
            )
            for a, b in zip(p[usable], other[usable], strict=True)
        ]
        assert_close(name, lossref.kl_divergence(p[usable], other[usable]), exact, dtype)
        assert_close(
            "kl_divergence_grad",
            lossref.kl_divergence_grad(p[usable], other[usable]),
            [
                -mp.mpf(float(x)) / mp.mpf(float(y)) if x else mp.mpf(0)
                for x, y in zip(p[usable].flat, other[usable].flat, strict=True)
            ],
            dtype,
        )


# Residuals and means


@pytest.mark.parametrize("dtype", DTYPES)
def test_squared_error(dtype: Any) -> None:
    rng = np.random.default_rng(1)
    a = np.concatenate([rng.normal(0, s, 50) for s in (1e-12, 1, 1e12)]).astype(dtype)
    b = rng.permutation(a)
    pairs = list(zip(exact_list(a), exact_list(b), strict=True))
    assert_close(
        "squared_error", lossref.squared_error(a, b), [(x - y) ** 2 for x, y in pairs], dtype
    )
    assert_close(
        "squared_error_grad",
        lossref.squared_error_grad(a, b),
        [2 * (x - y) for x, y in pairs],
        dtype,
    )
    mean = mp.fsum((x - y) ** 2 for x, y in pairs) / len(pairs)
    assert_close("mean_squared_error", lossref.mean_squared_error(a, b), [mean], dtype)
    assert_close(
        "mean_squared_error_grad",
        lossref.mean_squared_error_grad(a, b),
        [2 * (x - y) / len(pairs) for x, y in pairs],
        dtype,
    )
    for delta in (0.5, 1e6):
        d = mp.mpf(delta)
        assert_close(
            "huber",
            lossref.huber(a, b, delta=delta),
            [(x - y) ** 2 / 2 if abs(x - y) <= d else d * (abs(x - y) - d / 2) for x, y in pairs],
            dtype,
        )


def test_a_mean_whose_squares_overflow() -> None:
    a = np.array([2e154, 1e154, 0.0, -3e153, 0.0])
    exact = mp.fsum(v * v for v in exact_list(a)) / 5
    assert_close(
        "mean_squared_error (overflow)",
        lossref.mean_squared_error(a, 0 * a),
        [exact],
        np.float64,
    )


def test_a_mean_of_ten_million_of_mixed_magnitude() -> None:
    rng = np.random.default_rng(0)
    a = np.ldexp(
        rng.integers(1, 2**20, 10_000_000).astype(np.float64), rng.integers(-20, 0, 10_000_000)
    )
    # the squares are multiples of 2^-40 below 2^38: their sum is exact in integers
    parts = (a * 2.0**20).astype(np.int64).astype(np.uint64)
    high, low = parts >> np.uint64(20), parts & np.uint64(2**20 - 1)
    total = (
        (int((high * high).sum()) << 40) + (int((high * low).sum()) << 21) + int((low * low).sum())
    )
    exact = mp.mpf(total) / mp.mpf(2) ** 40 / len(a)
    assert_close(
        "mean_squared_error (1e7 elements)",
        lossref.mean_squared_error(a, np.zeros_like(a)),
        [exact],
        np.float64,
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_focal(dtype: Any) -> None:
    z = logits_1d(dtype)
    z = z[np.abs(z) < 40]
    for gamma in (0.0, 1.0, 2.0, 5.0):
        for y in (0, 1):
            s = [v if y else -v for v in exact_list(z)]
            sign = 1 if y else -1
            value = [m_sigmoid(-v) ** gamma * m_softplus(-v) for v in s]
            grad = [
                -sign
                * m_sigmoid(-v) ** gamma
                * (gamma * m_sigmoid(v) * m_softplus(-v) + m_sigmoid(-v))
                for v in s
            ]
            # a relative error of sigma is multiplied by gamma in its power
            t = np.full(z.shape, y)
            assert_close(
                "focal", lossref.focal(z, t, gamma=gamma), value, dtype, bound=6 + 4 * gamma
            )
            assert_close(
                "focal_grad",
                lossref.focal_grad(z, t, gamma=gamma),
                grad,
                dtype,
                bound=8 + 4 * gamma,
            )


# Fused means against the same references


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scale", [1.0, 8.0, 1000.0])
def test_fused_means(scale: float, dtype: Any) -> None:
    rng = np.random.default_rng(9)
    z = rng.normal(0, scale, (40, 6)).astype(dtype)
    labels = rng.integers(0, 6, 40)
    exact = [m_softmax(row) for row in z]
    value = (
        mp.fsum(
            s - mp.mpf(float(row[c])) for (_, _, s), row, c in zip(exact, z, labels, strict=True)
        )
        / 40
    )
    grad = [
        (-q[k] if k == c else p[k]) / 40
        for (p, q, _), c in zip(exact, labels, strict=True)
        for k in range(6)
    ]
    got, slopes = lossref.softmax_cross_entropy_value_and_grad(z, labels)
    assert_close("softmax_cross_entropy_value_and_grad", got, [value], dtype)
    name = "softmax_cross_entropy_value_and_grad"
    assert_close(f"{name} (gradient)", slopes, grad, dtype, bound=GRADIENTS[name])
    flat, y = z.ravel(), rng.integers(0, 2, z.size)
    value = (
        mp.fsum(m_softplus(-v if t else v) for v, t in zip(exact_list(flat), y, strict=True))
        / z.size
    )
    grad = [
        (-m_sigmoid(-v) if t else m_sigmoid(v)) / z.size
        for v, t in zip(exact_list(flat), y, strict=True)
    ]
    got, slopes = lossref.sigmoid_cross_entropy_value_and_grad(flat, y)
    assert_close("sigmoid_cross_entropy_value_and_grad", got, [value], dtype)
    name = "sigmoid_cross_entropy_value_and_grad"
    assert_close(f"{name} (gradient)", slopes, grad, dtype, bound=GRADIENTS[name])


def test_fused_means_of_a_million() -> None:
    """In float32, against the losses per example in float64, whose errors are far smaller."""
    rng = np.random.default_rng(4)
    z = rng.normal(0, 3, (100_000, 10)).astype(np.float32)
    labels, y = rng.integers(0, 10, len(z)), rng.integers(0, 2, z.size)
    wide = z.astype(np.float64)
    for name, got, losses in (
        (
            "softmax_cross_entropy_value_and_grad (a million)",
            lossref.softmax_cross_entropy_value_and_grad(z, labels)[0],
            lossref.softmax_cross_entropy(wide, labels),
        ),
        (
            "sigmoid_cross_entropy_value_and_grad (a million)",
            lossref.sigmoid_cross_entropy_value_and_grad(z.ravel(), y)[0],
            lossref.sigmoid_cross_entropy(wide.ravel(), y),
        ),
    ):
        exact = mp.mpf(math.fsum(losses)) / len(losses)
        assert_close(name, got, [exact], np.float32)


MANY_LOGITS = [
    "sigmoid", "softplus", "log_sigmoid", "softmax", "log_softmax",
]  # fmt: skip
MANY_BINARY = [
    "sigmoid_cross_entropy", "sigmoid_cross_entropy_grad", "sigmoid_cross_entropy_hess",
    "sigmoid_squared_error", "sigmoid_squared_error_grad",
]  # fmt: skip
MANY_CLASSES = ["softmax_cross_entropy", "softmax_cross_entropy_grad", "softmax_squared_error"]


def worst_of_many(call: Callable[..., Any], z: Any, exact: Any) -> float:
    spacing = np.spacing(np.abs(exact).astype(z.dtype)).astype(exact.dtype)
    return float(np.max(np.abs(call(z) - exact) / spacing))


@pytest.mark.parametrize("width", [3, 10, 100, 1000])
@pytest.mark.parametrize("scale", [1.0, 4.0, 25.0])
def test_many_numbers_in_float32(scale: float, width: int) -> None:
    """The worst cases are rare: many numbers, against the same function in float64."""
    rng = np.random.default_rng(10)
    z = rng.uniform(-scale, scale, (120_000 // width, width)).astype(np.float32)
    y, labels = rng.integers(0, 2, z.shape), rng.integers(0, width, len(z))
    calls: list[tuple[str, Callable[..., Any], float]] = []
    for names, rest in ((MANY_LOGITS, ()), (MANY_BINARY, (y,)), (MANY_CLASSES, (labels,))):
        calls += [(n, lambda z, n=n, r=rest: getattr(lossref, n)(z, *r), BOUNDS[n]) for n in names]
    for name, target in (("sigmoid", y), ("softmax", labels)):
        name = f"{name}_cross_entropy_value_and_grad"
        calls.append(
            (name, lambda z, n=name, t=target: getattr(lossref, n)(z, t)[1], GRADIENTS[name])
        )
    for name, call, bound in calls:
        assert worst_of_many(call, z, call(z.astype(np.float64))) <= bound, name


# on ARM and Windows a long double is a double, and mpmath would take minutes for so many numbers
@pytest.mark.skipif(np.finfo(np.longdouble).eps > 1e-18, reason="no type longer than float64")
@pytest.mark.parametrize("width", [3, 10, 100, 1000])
def test_many_numbers_in_float64(width: int) -> None:
    """The softmax and its gradients, against textbook forms with 64 bits and without 1 - p."""
    rng = np.random.default_rng(11)
    z = rng.uniform(-3, 3, (300_000 // width, width))
    labels, rows = rng.integers(0, width, len(z)), np.arange(len(z))
    e = np.exp(z.astype(np.longdouble))
    p = e / e.sum(axis=1, keepdims=True)
    gradient = p.copy()
    gradient[rows, labels] = 0
    gradient[rows, labels] = -gradient.sum(axis=1)
    assert worst_of_many(lossref.softmax, z, p) <= BOUNDS["softmax"]
    name = "softmax_cross_entropy_grad"
    assert worst_of_many(lambda z: getattr(lossref, name)(z, labels), z, gradient) <= BOUNDS[name]
    name = "softmax_cross_entropy_value_and_grad"
    mean = gradient / len(z)
    assert worst_of_many(lambda z: getattr(lossref, name)(z, labels)[1], z, mean) <= GRADIENTS[name]


@pytest.mark.parametrize("name", GRADIENTS)
def test_the_docstring_states_the_bound_of_the_gradient(name: str) -> None:
    text = " ".join(getattr(lossref, name).__doc__.split())
    assert f"{GRADIENTS[name]} ulp for the gradient" in text


@pytest.mark.parametrize("name", BOUNDS)
def test_the_docstring_states_the_bound(name: str) -> None:
    text = " ".join(getattr(lossref, name).__doc__.split())
    assert f"Accuracy: {BOUNDS[name]} ulp" in text


def test_ulp_error_is_not_blind() -> None:
    """One unit is one unit, in both dtypes, at subnormals too, and infinity is not a number."""
    for dtype in DTYPES:
        for value in (1.0, 0.3, float(np.finfo(dtype).tiny) / 8):
            x = dtype(value)
            assert ulp_error(float(np.nextafter(x, dtype(2))), mp.mpf(float(x)), dtype) == 1
        assert ulp_error(np.inf, mp.mpf(1), dtype) == np.inf
        assert ulp_error(np.inf, 2 * mp.mpf(float(np.finfo(dtype).max)), dtype) == 0
