"""What the loss functions of other libraries do, measured.

python -m tests.peers.frameworks            print the cells
python -m tests.peers.frameworks --record   and keep them in frameworks.json

Each backend of Keras is a process of its own. TensorFlow has an environment of its own, too;
TENSORFLOW_PYTHON names the interpreter, `make peers` sets it.
"""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.peers import libraries

# isort: split
import jax.numpy as jnp
import numpy as np
import optax
import pytest
import scipy.special
import scipy.stats
import torch
import torch.nn.functional as F
from sklearn import metrics

from tests.peers.calls import learner_calls, loss_calls
from tests.peers.equals import INPUTS, outputs, table
from tests.peers.probes import measure

ROOT = Path(__file__).resolve().parent.parent.parent
RECORD = Path(__file__).with_name("frameworks.json")
BACKENDS = ("torch", "jax", "numpy", "tensorflow")


@cache
def interpreter(backend: str) -> str | None:
    """The Python that has a backend, or None."""
    if backend != "tensorflow":
        return sys.executable
    python = os.environ.get("TENSORFLOW_PYTHON", sys.executable)
    find = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('tensorflow'))"
    return None if subprocess.run([python, "-c", find], check=False).returncode else python


def needed(backend: str) -> str:
    """The Python that has a backend; the test is skipped where it cannot be installed."""
    python = interpreter(backend)
    if not python and (sys.version_info < (3, 14) and os.environ.get("CI")):
        pytest.fail(f"no {backend}: TENSORFLOW_PYTHON names no interpreter that has it")
    # TensorFlow has no wheel for Python 3.14; the other backends are still asked there
    return python or pytest.skip(f"no {backend}: `make peers` installs it where it has a wheel")


@cache
def keras(backend: str) -> dict[str, Any]:
    """Versions, cells and outputs of one backend."""
    python = interpreter(backend)
    assert python
    done = subprocess.run(
        [python, "-m", "tests.peers.calls_keras"],
        env={**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


@cache
def calls() -> list[dict[str, Any]]:
    """Cells of everything but Keras."""
    return measure([*loss_calls(), *learner_calls()])


def versions() -> dict[str, str]:
    """Of the libraries that are on the page."""
    found = {k: v for k, v in libraries.versions().items() if k != "Python"}
    return found | {"XGBoost": version("xgboost-cpu"), "LightGBM": version("lightgbm")}


@cache
def all_outputs() -> dict[str, dict[str, Any]]:
    """What the calls of `equals.py` give, by library; Keras is not among them."""
    by_name = {(call.framework, call.name): call for call in learner_calls()}

    def slopes(framework: str, name: str, raw: Any, y: Any) -> Any:
        return by_name[framework, name].run("slopes", raw, y)

    learners = {
        "gradient": lambda *given: slopes(*given)[0],
        "curvature": lambda *given: slopes(*given)[1],
    }
    tensors = {name: torch.as_tensor(x) for name, x in INPUTS.items()}
    arrays = {name: jnp.asarray(x) for name, x in INPUTS.items()}
    plain = {"special": scipy.special, "stats": scipy.stats, "np": np, **vars(metrics), **learners}
    return {
        "PyTorch": outputs("PyTorch", {"F": F, "torch": torch}, lambda t: t.numpy(), tensors),
        "Optax": outputs("Optax", {"optax": optax, "jnp": jnp}, np.asarray, arrays),
        **{
            name: outputs(name, plain, np.asarray)
            for name in ("scikit-learn", "XGBoost", "LightGBM", "SciPy", "NumPy")
        },
    }


def lines(value: Any, depth: int = 0) -> str:
    """JSON with one cell a line."""
    if depth == 4 or not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = "\n" + " " * (depth + 1)
    if isinstance(value, list):
        if not isinstance(value[0], dict):
            return json.dumps(value, ensure_ascii=False)
        inside = [lines(entry, depth + 1) for entry in value]
        return "[" + pad + ("," + pad).join(inside) + pad[:-1] + "]"
    inside = [
        f"{json.dumps(k, ensure_ascii=False)}: {lines(v, depth + 1)}" for k, v in value.items()
    ]
    return "{" + pad + ("," + pad).join(inside) + pad[:-1] + "}"


def main() -> None:
    """Print, and with --record keep, what the libraries do."""
    backends = [name for name in BACKENDS if interpreter(name)]
    found = [*calls(), *(call for name in backends for call in keras(name)["calls"])]
    for call in found:
        print(f"\n{call['framework']} {call['backend']} {call['name']}")
        for column, cell in call["cells"].items():
            print(f"  {column} | {cell['cell']}")
    if "--record" in sys.argv[1:]:
        if len(backends) < len(BACKENDS):
            sys.exit("to record, TENSORFLOW_PYTHON must name a Python with TensorFlow and Keras")
        known = versions() | keras("tensorflow")["versions"]
        given = all_outputs() | {f"Keras ({name})": keras(name)["outputs"] for name in backends}
        record = {"versions": known, "calls": found, "equals": table(), "outputs": given}
        record["asked for float64"] = {name: keras(name)["asked for float64"] for name in backends}
        RECORD.write_text(lines(record) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
