"""Time of value and gradient: other libraries and the textbook divided by lossref, on one thread.

    python -m tests.peers.bench            print the ratios
    python -m tests.peers.bench --quick    the same from fewer rounds
    python -m tests.peers.bench --record   and keep them in docs/api/speed.json
                                           (with --only, the lines of these losses)

All run in one process, interleaved: in each round every contestant gets one turn, in an order that
changes, and the medians over the rounds are compared. So a slow phase of the machine hits all of
them. Every contestant is handed arrays of its own kind and makes the gradient as a new array, as it
does in use; before the clock runs, it must agree with lossref.
"""

import argparse
import datetime
import json
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.peers import libraries

# isort: split
import numpy as np

import lossref as lr

RECORD = Path(__file__).parents[2] / "docs" / "api" / "speed.json"
SHAPES = [(1, 10), (128, 10), (1024, 10), (8192, 10), (65536, 10), (65536, 100), (1024, 50257)]
LOSSES = ["softmax cross-entropy", "sigmoid cross-entropy", "mean squared error"]

Turn = Callable[[], tuple[Any, Any]]


def data(loss: str, shape: tuple[int, int], dtype: str) -> tuple[Any, Any]:
    """Random inputs; the binary loss and squared error take as many numbers in one dimension."""
    rng = np.random.default_rng(shape[0] * shape[1])
    first = rng.standard_normal(shape, dtype=dtype)
    if loss == LOSSES[0]:
        return 2 * first, rng.integers(0, shape[1], shape[0])
    first = first.reshape(-1)
    if loss == LOSSES[1]:
        return 2 * first, (rng.random(first.size) < 0.5).astype(dtype)
    return first, rng.standard_normal(first.size, dtype=dtype)


OURS = {
    LOSSES[0]: lr.softmax_cross_entropy_value_and_grad,
    LOSSES[1]: lr.sigmoid_cross_entropy_value_and_grad,
    LOSSES[2]: lr.mean_squared_error_value_and_grad,
}


def lossref_turn(loss: str, a: Any, b: Any) -> Turn:
    function = OURS[loss]
    return lambda: function(a, b)


def lossref_out_turn(loss: str, a: Any, b: Any) -> Turn:
    function, out = OURS[loss], np.empty_like(a)
    return lambda: function(a, b, out=out)


def textbook_softmax(z: Any, t: Any) -> tuple[Any, Any]:
    rows = np.arange(len(z))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, t]).mean()
    p[rows, t] -= 1
    return loss, p / len(z)


def textbook_sigmoid(z: Any, y: Any) -> tuple[Any, Any]:
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), (p - y) / len(z)


def textbook_squared(a: Any, b: Any) -> tuple[Any, Any]:
    residual = a - b
    return (residual**2).mean(), 2 * residual / len(a)


def textbook_turn(loss: str, a: Any, b: Any) -> Turn:
    snippets = dict(
        zip(LOSSES, (textbook_softmax, textbook_sigmoid, textbook_squared), strict=True)
    )
    return lambda: snippets[loss](a, b)


def torch_turn(loss: str, a: Any, b: Any) -> Turn | None:
    torch = libraries.load("PyTorch")
    if torch is None:
        return None
    functional = torch.nn.functional
    function = {
        LOSSES[0]: functional.cross_entropy,
        LOSSES[1]: functional.binary_cross_entropy_with_logits,
        LOSSES[2]: functional.mse_loss,
    }[loss]
    x, y = torch.from_numpy(a).requires_grad_(), torch.from_numpy(b)

    def turn() -> tuple[Any, Any]:
        value = function(x, y)
        return value.detach(), torch.autograd.grad(value, x)[0]

    return turn


def jax_turn(loss: str, a: Any, b: Any) -> Turn | None:
    jax, optax = libraries.load("JAX"), libraries.load("Optax")
    if jax is None or optax is None:
        return None
    jax.config.update("jax_cpu_enable_async_dispatch", False)  # no thread of its own to wait for
    function = {
        LOSSES[0]: optax.softmax_cross_entropy_with_integer_labels,
        LOSSES[1]: optax.sigmoid_binary_cross_entropy,
        LOSSES[2]: optax.squared_error,
    }[loss]
    compiled = jax.jit(jax.value_and_grad(lambda x, y: function(x, y).mean()))
    x, y = jax.numpy.asarray(a), jax.numpy.asarray(b)
    return lambda: jax.block_until_ready(compiled(x, y))


def scipy_turn(loss: str, a: Any, b: Any) -> Turn | None:
    special = libraries.load("SciPy")
    if special is None or loss == LOSSES[2]:
        return None

    def softmax() -> tuple[Any, Any]:
        rows = np.arange(len(a))
        logs = special.log_softmax(a, axis=1)
        grad = np.exp(logs)
        grad[rows, b] -= 1
        return -logs[rows, b].mean(), grad / len(a)

    def sigmoid() -> tuple[Any, Any]:
        losses = -special.log_expit(np.where(b > 0, a, -a))
        return losses.mean(), (special.expit(a) - b) / len(a)

    return softmax if loss == LOSSES[0] else sigmoid


def sklearn_turn(loss: str, a: Any, b: Any) -> Turn | None:
    module = libraries.load("scikit-learn")
    if module is None:
        return None
    y = b.astype(a.dtype)
    n = len(a)
    if loss == LOSSES[0]:
        half = module.HalfMultinomialLoss(n_classes=a.shape[1])
        factor = 1.0
    else:
        half = module.HalfBinomialLoss() if loss == LOSSES[1] else module.HalfSquaredError()
        factor = 1.0 if loss == LOSSES[1] else 2.0

    def turn() -> tuple[Any, Any]:
        losses, grads = half.loss_gradient(y, a)
        return factor * losses.mean(), grads * (factor / n)

    return turn


def floor_turn(loss: str, a: Any, b: Any) -> Turn:
    """Read the input once and write the gradient once: nothing can be faster."""
    return lambda: (0.0, np.negative(a))


CONTESTANTS: dict[str, Callable[[str, Any, Any], Turn | None]] = {
    "lossref": lossref_turn,
    "lossref, out=": lossref_out_turn,
    "PyTorch": torch_turn,
    "JAX": jax_turn,
    "SciPy": scipy_turn,
    "scikit-learn": sklearn_turn,
    "textbook": textbook_turn,
    "read and write": floor_turn,
}


def agree(turns: dict[str, Turn], dtype: str) -> None:
    """Nobody wins by computing something else."""
    value, grad = turns["lossref"]()
    tolerance = 1e-4 if dtype == "float32" else 1e-9
    for name, turn in turns.items():
        if name != "read and write":
            their_value, their_grad = turn()
            scale = float(np.abs(grad).max())
            near = np.allclose(np.asarray(their_grad), grad, rtol=tolerance, atol=tolerance * scale)
            if not near or abs(float(their_value) - value) > tolerance * abs(value):
                raise AssertionError(f"{name} computes something else")


def timed(turn: Turn, count: int) -> float:
    """Processor time of one turn: on a busy machine, waiting for the processor does not count."""
    start = time.process_time()
    for _ in range(count):
        turn()
    return (time.process_time() - start) / count


def medians(turns: dict[str, Turn], seconds: float) -> dict[str, float]:
    """Median processor time of one turn in seconds; short turns are repeated within a round."""
    repeats, spent = {}, 0.0
    for name, turn in turns.items():
        once = min(timed(turn, 1) for _ in range(3))
        once = min(timed(turn, max(1, round(5e-5 / once))) for _ in range(3))
        repeats[name] = max(1, round(3e-4 / once))
        spent += repeats[name] * once
    times: dict[str, list[float]] = {name: [] for name in turns}
    order = list(turns)
    shuffler = random.Random(0)
    for _ in range(max(9, min(400, round(seconds / spent)))):
        shuffler.shuffle(order)
        for name in order:
            times[name].append(timed(turns[name], repeats[name]))
    return {name: statistics.median(found) for name, found in times.items()}


def extra_memory(loss: str, a: Any, b: Any) -> int:
    """Bytes that lossref allocates at most at one time, with the gradient handed in."""
    turn = lossref_out_turn(loss, a, b)
    turn()
    tracemalloc.start()
    turn()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def measure(loss: str, shape: tuple[int, int], dtype: str, seconds: float) -> dict[str, Any]:
    """One line of the record: microseconds of lossref, and the others as multiples of it."""
    a, b = data(loss, shape, dtype)
    turns = {}
    for name, make in CONTESTANTS.items():
        turn = make(loss, a, b)
        if turn is not None:
            turns[name] = turn
    agree(turns, dtype)
    found = medians(turns, seconds)
    ours = found.pop("lossref")
    return {
        "loss": loss,
        "shape": list(shape),
        "dtype": dtype,
        "microseconds": float(f"{ours * 1e6:.4g}"),
        "ratios": {name: float(f"{value / ours:.3g}") for name, value in found.items()},
        "extra kilobytes": round(extra_memory(loss, a, b) / 1024),
    }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="Time beside other libraries, as ratios.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes")
    parser.add_argument("--record", action="store_true", help="keep the result")
    parser.add_argument("--only", default="", help="losses whose name contains this")
    args = parser.parse_args()
    for name in libraries.LIBRARIES:
        if libraries.load(name) is None:
            print(f"{name} is not installed")
    lines = []
    for dtype in ("float32", "float64"):
        for loss in (name for name in LOSSES if args.only in name):
            largest = (
                4 if args.quick else len(SHAPES) - (loss != LOSSES[0])
            )  # a vocabulary: softmax
            for shape in SHAPES[:largest]:
                line = measure(loss, shape, dtype, 0.5 if args.quick else 4.0)
                lines.append(line)
                ratios = "  ".join(f"{k} {v:.2f}" for k, v in line["ratios"].items())
                size = f"{shape[0]} x {shape[1]}"
                print(
                    f"{dtype} {loss:22} {size:>12} {line['microseconds']:>10.1f} us  {ratios}  "
                    f"+{line['extra kilobytes']} KB",
                    flush=True,
                )
    if args.record:
        record = {
            "date": datetime.date.today().isoformat(),
            "machine": libraries.machine(),
            "versions": libraries.versions(),
            "lines": lines,
        }
        if args.only:
            kept = json.loads(RECORD.read_text(encoding="utf-8"))
            if any(kept[key] != record[key] for key in ("date", "machine", "versions")):
                raise SystemExit("the record is of another day, machine or version: measure all")
            order = [(line["dtype"], line["loss"]) for line in kept["lines"]]
            others = [line for line in kept["lines"] if args.only not in line["loss"]]
            record["lines"] = sorted(
                [*others, *lines], key=lambda line: order.index((line["dtype"], line["loss"]))
            )
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
