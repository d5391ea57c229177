"""What the debugging page says of PyTorch, JAX, Optax and Keras is what the installed ones do."""

import json
import os
import re
import subprocess
import warnings
from collections.abc import Callable

from docs_ext import DOCS
from tests.peers import libraries
from tests.peers.frameworks import needed

# isort: split
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
import torch
import torch.nn.functional as F

libraries.load("PyTorch")
PAGE = (DOCS / "practice" / "debugging.md").read_text(encoding="utf-8")
tt, INF, NAN = torch.tensor, float("inf"), float("nan")
COLUMN, ROW = torch.zeros(4, 1), tt([0.0, 1.0, 1.0, 0.0])
LOGITS = torch.zeros(2, 10)


def said(call: Callable[[], object]) -> str:
    """The errors and warnings of a call."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            call()
        except (IndexError, RuntimeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"
    return "\n".join(str(warning.message) for warning in heard)


# what the page quotes, and what provokes it
QUOTED = [
    ("IndexError: Target 10 is out of bounds", lambda: F.cross_entropy(LOGITS, tt([0, 10]))),
    (
        "all elements of input should be between 0 and 1",
        lambda: F.binary_cross_entropy(tt([2.0]), tt([1.0])),
    ),
    (
        "all elements of input should be between 0 and 1",
        lambda: F.binary_cross_entropy(tt([NAN]), tt([1.0])),
    ),
    (
        "Using a target size that is different to the input size",
        lambda: F.mse_loss(COLUMN, ROW),
    ),
    (
        "Using a target size that is different to the input size",
        lambda: F.huber_loss(COLUMN, ROW),
    ),
    (
        "Target size (torch.Size([4])) must be the same as input size (torch.Size([4, 1]))",
        lambda: F.binary_cross_entropy_with_logits(COLUMN, ROW),
    ),
    ("0D or 1D target tensor expected", lambda: F.cross_entropy(LOGITS, tt([[0], [1]]))),
    (
        "Expected floating point type for target with class probabilities, got Long",
        lambda: F.cross_entropy(LOGITS, torch.eye(10, dtype=torch.long)[:2]),
    ),
    ("expected target dtype to be Long", lambda: F.cross_entropy(LOGITS, tt([0.0, 1.0]))),
    (
        "expected target dtype to be Long",
        lambda: F.cross_entropy(LOGITS, tt([0, 1], dtype=torch.int32)),
    ),
]


@pytest.mark.parametrize(("quoted", "call"), QUOTED)
def test_a_quoted_message_is_what_is_said(quoted: str, call: Callable[[], object]) -> None:
    assert f'"{quoted}"' in PAGE
    heard = said(call)
    assert quoted in heard or quoted in re.sub(r" \(torch\.Size\([^)]*\)\)", "", heard)


def test_what_is_said_can_be_nothing() -> None:
    assert said(lambda: F.mse_loss(ROW, ROW)) == ""
    assert said(lambda: F.cross_entropy(LOGITS, tt([0, 1]))) == ""


def test_probabilities_are_refused_in_another_shape() -> None:
    assert said(lambda: F.binary_cross_entropy(torch.sigmoid(COLUMN), ROW)).startswith("ValueError")


def test_optax_pairs_all_but_squared_errors() -> None:
    column, row = jnp.zeros((4, 1)), jnp.array([0.0, 1.0, 1.0, 0.0])
    with pytest.raises(ValueError, match="Shape mismatch"):
        optax.squared_error(column, row)
    for loss in (optax.huber_loss, optax.sigmoid_binary_cross_entropy, optax.sigmoid_focal_loss):
        assert loss(column, row).shape == (4, 4)


def test_the_root_of_a_mean_squared_error() -> None:
    f = tt([1.0, 2.0], requires_grad=True)
    F.mse_loss(f, tt([1.0, 2.0])).sqrt().backward()
    assert f.grad.isnan().all()


def test_where_the_first_nan_is_shown() -> None:
    x = tt([-1.0], requires_grad=True)
    with warnings.catch_warnings(), torch.autograd.set_detect_anomaly(True):
        warnings.simplefilter("ignore")
        assert torch.log(x).isnan().all(), "the forward pass does not stop"
        with pytest.raises(RuntimeError, match="returned nan"):
            (tt([0.0], requires_grad=True) * 0).sqrt().backward()
    jax.config.update("jax_debug_nans", True)
    try:
        with pytest.raises(FloatingPointError):
            jnp.log(jnp.array(-1.0))
    finally:
        jax.config.update("jax_debug_nans", False)


@pytest.mark.parametrize(
    ("target", "logit", "loss", "slope"),
    [
        (0.0, 16.5, 23 * np.log(2), 1.0),
        (0.0, 16.64, 100.0, 0.0),
        (1.0, -27.0, 27.0, -1.0),
        (1.0, -28.0, 28.0, -1e12 * np.exp(-28.0)),  # p (1 − p) / 1e−12
        (1.0, -40.0, 40.0, -1e12 * np.exp(-40.0)),
        (1.0, -110.0, 100.0, 0.0),
    ],
)
def test_bce_loss_of_a_sigmoid(target: float, logit: float, loss: float, slope: float) -> None:
    z = tt([logit], requires_grad=True)
    value = F.binary_cross_entropy(torch.sigmoid(z), tt([target]))
    value.backward()
    assert value.item() == pytest.approx(loss, rel=1e-6)
    assert z.grad.item() == pytest.approx(slope, rel=1e-5)


def test_autocast_on_a_cpu_says_nothing() -> None:
    with torch.autocast("cpu", dtype=torch.float16):
        p = torch.sigmoid(F.linear(torch.ones(1, 1), tt([[12.0]])))
        assert p.dtype == torch.float16
        assert F.binary_cross_entropy(p, torch.zeros(1, 1)).item() == 100


def test_probabilities_instead_of_their_logarithms() -> None:
    z, c = tt([[2.0, 0.0, -1.0], [0.0, 1.0, 0.0]]), tt([0, 1])
    assert -1 < F.nll_loss(F.softmax(z, 1), c).item() < 0
    assert F.nll_loss(F.log_softmax(z, 1), c).item() == pytest.approx(F.cross_entropy(z, c).item())


def test_masked_logits() -> None:
    z, c, t = [[-INF, 0.0, 1.0]], [1], [[0.0, 1.0, 0.0]]
    right = np.log1p(np.e)
    assert F.cross_entropy(tt(z), tt(c)).item() == pytest.approx(right)
    assert F.cross_entropy(tt(z), tt(t)).isnan()
    assert F.cross_entropy(tt(z), tt(c), label_smoothing=0.1).item() == INF
    z, c, t = jnp.array(z), jnp.array(c), jnp.array(t)
    assert optax.softmax_cross_entropy_with_integer_labels(z, c)[0] == pytest.approx(right)
    assert jnp.isnan(optax.softmax_cross_entropy(z, t)[0])
    assert optax.safe_softmax_cross_entropy(z, t)[0] == pytest.approx(right)


KERAS = """
import json, keras, numpy as np
z, c, t = [[-np.inf, 0.0, 1.0]], np.array([1]), np.array([[0.0, 1.0, 0.0]])
sparse = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
whole = keras.losses.CategoricalCrossentropy(from_logits=True)
big = [[-1e9, 0.0, 1.0]]
found = [loss(y, np.array(x)) for x in (z, big) for loss, y in ((sparse, c), (whole, t))]
print(json.dumps([bool(np.isclose(float(a), np.log1p(np.e))) for a in found]))
"""


@pytest.mark.parametrize("backend", ["jax", "numpy", "torch", "tensorflow"])
def test_masked_logits_in_keras(backend: str) -> None:
    """Of −inf only the indices, and only on two backends; a large negative number is right."""
    env = {**os.environ, "KERAS_BACKEND": backend}
    done = subprocess.run([needed(backend), "-c", KERAS], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    indices = backend in ("torch", "tensorflow")
    assert json.loads(done.stdout.splitlines()[-1]) == [indices, False, True, True]
