"""Worst error in ulp of each function, in lossref, other libraries and textbook code.

    python -m tests.peers.accuracy            print the table
    python -m tests.peers.accuracy --record   and keep it in docs/api/accuracy.json
    python -m tests.peers.accuracy --json     print the record

The inputs are random and adversarial (`logits`, `rows`, `probabilities`), the same floats for all.
The exact value is computed from these floats by mpmath with 60 digits, in forms that do not cancel.
"""

import argparse
import datetime
import json
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # Keras has one backend for a process: pytest imports this file too
    os.environ["KERAS_BACKEND"] = "torch"

from tests.peers import libraries

# isort: split
import mpmath as mp
import numpy as np

import lossref as lr
from tests.bounds import BOUNDS

RECORD = Path(__file__).parents[2] / "docs" / "api" / "accuracy.json"
SEED = 2026

Function = Callable[..., Any]


# Inputs


def logits(dtype: str) -> tuple[Any, Any]:
    """Logits from tiny to saturated, each with both targets."""
    rng = np.random.default_rng(SEED)
    edges = [1e-20, 1e-8, 0.1, 0.5, 1, 2, 5, 12, 16.6, 36.7, 40, 60, 80]
    values = [edges, np.negative(edges), *(rng.normal(0, s, 60) for s in (1e-3, 1, 10, 30))]
    z = np.clip(np.concatenate(values), -80, 80).astype(dtype)  # exp(-80) is a normal float32
    return np.tile(z, 2), np.repeat(np.array([0, 1], dtype), len(z))


def rows(dtype: str) -> tuple[Any, Any]:
    """Rows of ten logits, each with the best, the worst and a random class as the target."""
    rng = np.random.default_rng(SEED)
    made = [rng.normal(0, scale, (12, 10)) for scale in (1e-3, 1, 8)]
    made += [rng.normal(0, 1, (6, 10)) + 1e4, np.zeros((1, 10))]
    for lead in (12, 25, 40, 60):
        ahead = rng.normal(0, 1, (6, 10))
        ahead[np.arange(6), rng.integers(0, 10, 6)] += lead
        made.append(ahead)
    z = np.concatenate(made).astype(dtype)
    t = [z.argmax(axis=1), z.argmin(axis=1), rng.integers(0, 10, len(z))]
    return np.tile(z, (3, 1)), np.concatenate(t)


def probabilities(dtype: str) -> tuple[Any, Any]:
    """Probabilities of both outcomes, down to 1e-30 and up to the last float below 1."""
    rng = np.random.default_rng(SEED)
    values = [1e-30, 1e-20, 1e-10, 1e-5, 0.01, 0.5, 0.99, 1 - 2**-12, 1 - 2**-23]
    p = np.concatenate([values, rng.random(60), 10 ** -rng.uniform(1, 30, 30)]).astype(dtype)
    return np.tile(p, 2), np.repeat(np.array([0, 1], dtype), len(p))


def measurements(dtype: str) -> tuple[Any, Any]:
    """Ten thousand pairs of numbers of mixed magnitude, for one mean."""
    rng = np.random.default_rng(SEED)
    scale = 10 ** rng.uniform(-3, 3, 10_000)
    return (rng.normal(0, 1, 10_000) * scale).astype(dtype), np.full(10_000, 0.1, dtype)


# Exact values


def m(value: Any) -> Any:
    return mp.mpf(float(value))


def m_softplus(z: Any) -> Any:
    return mp.log1p(mp.exp(z)) if z < 0 else z + mp.log1p(mp.exp(-z))


def m_sigmoid(z: Any) -> Any:
    return mp.exp(z) / (1 + mp.exp(z)) if z < 0 else 1 / (1 + mp.exp(-z))


def elementwise(function: Function) -> Function:
    return lambda a, b: [function(m(x), int(y)) for x, y in zip(a, b, strict=True)]


def by_row(function: Function) -> Function:
    """Apply to the exponentials of z_j - z_c and the label c of each row."""

    def exact(z: Any, t: Any) -> list[Any]:
        found = []
        for row, c in zip(z, t, strict=True):
            e = [mp.exp(m(v) - m(row[c])) for v in row]
            found += function(e, int(c))
        return found

    return exact


def row_loss(e: list[Any], c: int) -> list[Any]:
    return [mp.log1p(mp.fsum(e[:c] + e[c + 1 :]))]


def row_grad(e: list[Any], c: int) -> list[Any]:
    total = mp.fsum(e)
    wrong = mp.fsum(e[:c] + e[c + 1 :])
    return [-wrong / total if k == c else v / total for k, v in enumerate(e)]


def row_softmax(e: list[Any], c: int) -> list[Any]:
    return [v / mp.fsum(e) for v in e]


def row_log_softmax(e: list[Any], c: int) -> list[Any]:
    """log p_k = -log1p(sum over j != k of e_j / e_k)."""
    return [-mp.log1p(mp.fsum(w / v for j, w in enumerate(e) if j != k)) for k, v in enumerate(e)]


def exact_mean(a: Any, b: Any) -> list[Any]:
    return [mp.fsum((m(x) - m(y)) ** 2 for x, y in zip(a, b, strict=True)) / len(a)]


# name: (inputs, exact value of it)
TASKS: dict[str, tuple[Function, Function]] = {
    "sigmoid": (logits, elementwise(lambda z, y: m_sigmoid(z))),
    "softplus": (logits, elementwise(lambda z, y: m_softplus(z))),
    "softmax": (rows, by_row(row_softmax)),
    "log_softmax": (rows, by_row(row_log_softmax)),
    "softmax_cross_entropy": (rows, by_row(row_loss)),
    "softmax_cross_entropy_grad": (rows, by_row(row_grad)),
    "sigmoid_cross_entropy": (logits, elementwise(lambda z, y: m_softplus(-z if y else z))),
    "sigmoid_cross_entropy_grad": (
        logits,
        elementwise(lambda z, y: -m_sigmoid(-z) if y else m_sigmoid(z)),
    ),
    "binary_cross_entropy": (
        probabilities,
        elementwise(lambda p, y: -mp.log(p) if y else -mp.log1p(-p)),
    ),
    "mean_squared_error": (measurements, exact_mean),
}


# Contestants: function name -> what computes it from the two inputs


def textbook() -> dict[str, Function]:
    def p_of(z: Any) -> Any:
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def hot(z: Any, t: Any) -> Any:
        return np.eye(z.shape[1], dtype=z.dtype)[t]

    def sigmoid(z: Any) -> Any:
        return 1 / (1 + np.exp(-z))

    def binary(p: Any, y: Any) -> Any:
        return np.where(y == 1, -np.log(p), -np.log(1 - p))

    return {
        "sigmoid": lambda z, y: sigmoid(z),
        "softplus": lambda z, y: np.log(1 + np.exp(z)),
        "softmax": lambda z, t: p_of(z),
        "log_softmax": lambda z, t: np.log(p_of(z)),
        "softmax_cross_entropy": lambda z, t: -np.log(p_of(z)[np.arange(len(z)), t]),
        "softmax_cross_entropy_grad": lambda z, t: p_of(z) - hot(z, t),
        "sigmoid_cross_entropy": lambda z, y: binary(sigmoid(z), y),
        "sigmoid_cross_entropy_grad": lambda z, y: sigmoid(z) - y,
        "binary_cross_entropy": binary,
        "mean_squared_error": lambda a, b: ((a - b) ** 2).mean(),
    }


def lossref() -> dict[str, Function]:
    links = {
        "sigmoid": lambda z, y: lr.sigmoid(z),
        "softplus": lambda z, y: lr.softplus(z),
        "softmax": lambda z, t: lr.softmax(z),
        "log_softmax": lambda z, t: lr.log_softmax(z),
    }
    return {name: links.get(name, getattr(lr, name)) for name in TASKS}


def pytorch() -> dict[str, Function]:
    torch = libraries.load("PyTorch")
    if torch is None:
        return {}
    functional, tensor = torch.nn.functional, torch.from_numpy

    def grad(loss: Function) -> Function:
        def computed(x: Any, y: Any) -> Any:
            leaf = tensor(x.copy()).requires_grad_()
            return torch.autograd.grad(loss(leaf, tensor(y)).sum(), leaf)[0].numpy()

        return computed

    def value(loss: Function) -> Function:
        return lambda x, y: loss(tensor(x), tensor(y)).numpy()

    def softmax_loss(z: Any, t: Any) -> Any:
        return functional.cross_entropy(z, t, reduction="none")

    def sigmoid_loss(z: Any, y: Any) -> Any:
        return functional.binary_cross_entropy_with_logits(z, y, reduction="none")

    return {
        "sigmoid": value(lambda z, y: torch.sigmoid(z)),
        "softplus": value(lambda z, y: functional.softplus(z)),
        "softmax": value(lambda z, t: torch.softmax(z, 1)),
        "log_softmax": value(lambda z, t: torch.log_softmax(z, 1)),
        "softmax_cross_entropy": value(softmax_loss),
        "softmax_cross_entropy_grad": grad(softmax_loss),
        "sigmoid_cross_entropy": value(sigmoid_loss),
        "sigmoid_cross_entropy_grad": grad(sigmoid_loss),
        "binary_cross_entropy": value(
            lambda p, y: functional.binary_cross_entropy(p, y, reduction="none")
        ),
        "mean_squared_error": value(functional.mse_loss),
    }


def jax_and_optax() -> dict[str, Function]:
    jax, optax = libraries.load("JAX"), libraries.load("Optax")
    if jax is None or optax is None:
        return {}
    array = jax.numpy.asarray

    def grad(loss: Function) -> Function:
        slope = jax.grad(lambda x, y: loss(x, y).sum())
        return lambda x, y: np.asarray(slope(array(x), array(y)))

    def value(loss: Function) -> Function:
        return lambda x, y: np.asarray(loss(array(x), array(y)))

    softmax_loss = optax.softmax_cross_entropy_with_integer_labels
    sigmoid_loss = optax.sigmoid_binary_cross_entropy
    return {
        "sigmoid": value(lambda z, y: jax.nn.sigmoid(z)),
        "softplus": value(lambda z, y: jax.nn.softplus(z)),
        "softmax": value(lambda z, t: jax.nn.softmax(z)),
        "log_softmax": value(lambda z, t: jax.nn.log_softmax(z)),
        "softmax_cross_entropy": value(softmax_loss),
        "softmax_cross_entropy_grad": grad(softmax_loss),
        "sigmoid_cross_entropy": value(sigmoid_loss),
        "sigmoid_cross_entropy_grad": grad(sigmoid_loss),
        "mean_squared_error": value(lambda a, b: optax.squared_error(a, b).mean()),
    }


def scipy() -> dict[str, Function]:
    special = libraries.load("SciPy")
    if special is None:
        return {}

    def softmax_loss(z: Any, t: Any) -> Any:
        return -special.log_softmax(z, axis=1)[np.arange(len(z)), t]

    return {
        "sigmoid": lambda z, y: special.expit(z),
        "softplus": lambda z, y: special.softplus(z),
        "softmax": lambda z, t: special.softmax(z, axis=1),
        "log_softmax": lambda z, t: special.log_softmax(z, axis=1),
        "softmax_cross_entropy": softmax_loss,
        "sigmoid_cross_entropy": lambda z, y: -special.log_expit(np.where(y == 1, z, -z)),
        "binary_cross_entropy": lambda p, y: -(special.xlogy(y, p) + special.xlog1py(1 - y, -p)),
    }


def scikit_learn() -> dict[str, Function]:
    module = libraries.load("scikit-learn")
    if module is None:
        return {}

    def multinomial(z: Any, t: Any) -> Any:
        half = module.HalfMultinomialLoss(n_classes=z.shape[1])
        return half.loss_gradient(t.astype(z.dtype), z)

    def binomial(z: Any, y: Any) -> Any:
        return module.HalfBinomialLoss().loss_gradient(y, z)

    from sklearn.metrics import mean_squared_error

    return {
        "softmax_cross_entropy": lambda z, t: multinomial(z, t)[0],
        "softmax_cross_entropy_grad": lambda z, t: multinomial(z, t)[1],
        "sigmoid_cross_entropy": lambda z, y: binomial(z, y)[0],
        "sigmoid_cross_entropy_grad": lambda z, y: binomial(z, y)[1],
        "mean_squared_error": mean_squared_error,
    }


def keras() -> dict[str, Function]:
    module, torch = libraries.load("Keras"), libraries.load("PyTorch")
    if module is None or torch is None:
        return {}

    def use(loss: Function, slope: bool) -> Function:
        def computed(x: Any, y: Any) -> Any:
            module.config.set_floatx(x.dtype.name)
            leaf = torch.from_numpy(x.copy()).requires_grad_()
            value = loss(torch.from_numpy(y), leaf)
            found = torch.autograd.grad(value.sum(), leaf)[0] if slope else value.detach()
            return found.numpy()

        return computed

    losses = module.losses

    def softmax_loss(t: Any, z: Any) -> Any:
        return losses.sparse_categorical_crossentropy(t, z, from_logits=True)

    def sigmoid_loss(y: Any, z: Any) -> Any:  # its last axis is averaged: of length 1 here
        return losses.binary_crossentropy(y[:, None], z[:, None], from_logits=True)

    def binary(y: Any, p: Any) -> Any:
        return losses.binary_crossentropy(y[:, None], p[:, None])

    activations = module.activations
    return {
        "sigmoid": use(lambda y, z: activations.sigmoid(z), False),
        "softplus": use(lambda y, z: activations.softplus(z), False),
        "softmax": use(lambda t, z: activations.softmax(z), False),
        "log_softmax": use(lambda t, z: activations.log_softmax(z), False),
        "softmax_cross_entropy": use(softmax_loss, False),
        "softmax_cross_entropy_grad": use(softmax_loss, True),
        "sigmoid_cross_entropy": use(sigmoid_loss, False),
        "sigmoid_cross_entropy_grad": use(sigmoid_loss, True),
        "binary_cross_entropy": use(binary, False),
        "mean_squared_error": use(losses.mean_squared_error, False),
    }


CONTESTANTS: dict[str, Callable[[], dict[str, Function]]] = {
    "lossref": lossref,
    "textbook": textbook,
    "PyTorch": pytorch,
    "JAX": jax_and_optax,
    "SciPy": scipy,
    "scikit-learn": scikit_learn,
    "Keras": keras,
}


# Measuring


def worst_error(got: Any, exact: list[Any], dtype: str) -> tuple[float, float]:
    """The largest error in ulp of the dtype at the exact value, and the largest relative one."""
    limits = np.finfo(dtype)
    ulps, relatives = [0.0], [0.0]
    values = np.asarray(got, dtype=np.float64).ravel()
    for value, true in zip(values, exact, strict=True):
        if not np.isfinite(value):
            return float("inf"), float("inf")
        spacing = np.spacing(max(limits.dtype.type(float(abs(true))), limits.smallest_subnormal))
        error = abs(m(value) - true)
        ulps.append(float(error / m(spacing)))
        relatives.append(float(error / abs(true)) if true else ulps[-1])
    return max(ulps), max(relatives)


def cells(names: list[str], dtype: str) -> Iterator[tuple[str, str, tuple[float, float]]]:
    """Function, contestant and error, one after the other."""
    contestants = {name: CONTESTANTS[name]() for name in names}
    with mp.workdps(60):
        for task, (inputs, exact_of) in TASKS.items():
            a, b = inputs(dtype)
            exact = exact_of(a, b)
            for name, functions in contestants.items():
                if task in functions:
                    with warnings.catch_warnings(), np.errstate(all="ignore"):
                        warnings.simplefilter("ignore")
                        got = functions[task](a, b)
                    yield task, name, worst_error(got, exact, dtype)


def shown(error: tuple[float, float]) -> str:
    """A cell of the table: ulp, or what is left of the digits."""
    ulp, relative = error
    if not np.isfinite(ulp):
        return "not finite"
    if relative >= 1:
        return "no digit"
    return f"{ulp:.1f}" if ulp < 100 else f"{float(f'{ulp:.1e}'):.0e}".replace("e+0", "e")


def example() -> dict[str, list[str]]:
    """What each contestant makes of one row: the loss, and its derivative at the target."""
    z, t = np.array([[0.0, 50.0, 0.0]]), np.array([1])
    found = {}
    for name, make in CONTESTANTS.items():
        functions = make()
        if "softmax_cross_entropy" in functions:
            loss = float(np.asarray(functions["softmax_cross_entropy"](z, t)).ravel()[0])
            slope = "–"
            if "softmax_cross_entropy_grad" in functions:
                grad = functions["softmax_cross_entropy_grad"](z, t)
                slope = f"{float(np.asarray(grad)[0, 1]) + 0.0:.6g}"
            found[name] = [f"{loss + 0.0:.6g}", slope]
    return found


def measure(names: list[str]) -> dict[str, dict[str, dict[str, str]]]:
    """Dtype -> function -> contestant -> cell."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for dtype in ("float32", "float64"):
        table = found.setdefault(dtype, {})
        for task, name, error in cells(names, dtype):
            table.setdefault(task, {})[name] = shown(error)
    return found


def main() -> None:
    """Measure all and print or keep it."""
    parser = argparse.ArgumentParser(description="Errors beside other libraries, in ulp.")
    parser.add_argument("--record", action="store_true", help="keep the result")
    parser.add_argument("--json", action="store_true", help="print the record")
    args = parser.parse_args()
    record = {
        "date": datetime.date.today().isoformat(),
        "machine": libraries.machine(),
        "versions": libraries.versions(),
        "seed": SEED,
        "bounds": {task: BOUNDS[task] for task in TASKS},
        "worst": measure(list(CONTESTANTS)),
        "example": example(),
    }
    text = json.dumps(record, indent=1) + "\n"
    if args.json:
        print(text)
        return
    for dtype, table in record["worst"].items():
        print(f"\n{dtype:28}" + "".join(f"{name:>14}" for name in CONTESTANTS))
        for task, line in table.items():
            print(f"{task:28}" + "".join(f"{line.get(name, ''):>14}" for name in CONTESTANTS))
    if args.record:
        RECORD.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
