"""The fused functions take at most 1 MiB beside the gradient, however large the input is."""

import tracemalloc

import numpy as np
import pytest

import lossref as lr

MIB = 2**20


def peak(function, *args, **options) -> int:
    """Most bytes allocated at one time by a call (NumPy reports its arrays to tracemalloc)."""
    function(*args, **options)
    tracemalloc.start()
    try:
        function(*args, **options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(8192, 10), (400_000, 3), (5000, 100), (30, 50257)], ids=str)
def test_softmax(shape: tuple[int, int], dtype) -> None:
    rng = np.random.default_rng(1)
    z, t = rng.normal(0, 2, shape).astype(dtype), rng.integers(0, shape[1], shape[0])
    assert peak(lr.softmax_cross_entropy_value_and_grad, z, t, out=np.empty_like(z)) <= MIB
    keep = rng.random(shape[0]) < 0.999
    weights = rng.random(shape[1]).astype(dtype)
    used = peak(
        lr.softmax_cross_entropy_value_and_grad,
        z,
        np.where(keep, t, -100),
        class_weights=weights,
        where=keep,
        out=np.empty_like(z),
    )
    assert used <= 2 * MIB  # rows are copied together where some are left out


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("spread", [2, 1000])
def test_elementwise(spread: float, dtype) -> None:
    rng = np.random.default_rng(2)
    a, b = (rng.normal(0, spread, 1_500_000).astype(dtype) for _ in range(2))
    y = (b > 0).astype(dtype)
    soft = rng.random(len(a), dtype=dtype)
    out = np.empty_like(a)
    assert peak(lr.mean_squared_error_value_and_grad, a, b, out=out) <= MIB
    assert peak(lr.sigmoid_cross_entropy_value_and_grad, a, y, out=out) <= MIB
    assert peak(lr.sigmoid_cross_entropy_value_and_grad, a, soft, out=out) <= MIB


@pytest.mark.parametrize("kind", ["soft", "far apart"])
def test_general_way(kind: str) -> None:
    """Distributions and extreme logits: a fixed number of temporaries of one block."""
    rng = np.random.default_rng(3)
    z = rng.normal(0, 2 if kind == "soft" else 1000, (60_000, 10))
    t = rng.dirichlet(np.ones(10), len(z)) if kind == "soft" else rng.integers(0, 10, len(z))
    assert peak(lr.softmax_cross_entropy_value_and_grad, z, t, out=np.empty_like(z)) <= MIB


def test_the_measure_is_not_blind() -> None:
    a = np.zeros(1_000_000)
    assert peak(lr.squared_error, a, a) >= a.nbytes
