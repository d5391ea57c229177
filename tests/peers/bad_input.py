"""What other libraries do with the cases of `tests/bad_input.py`.

python -m tests.peers.bad_input            print what is measured
python -m tests.peers.bad_input --record   and keep it in bad_input.json
"""

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.peers import libraries

# isort: split
import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch
import torch.nn.functional as F
from scipy.special import log_softmax
from sklearn._loss.loss import HalfBinomialLoss, HalfMultinomialLoss
from sklearn.metrics import brier_score_loss, log_loss, mean_squared_error

from tests.bad_input import SECTIONS, Case, Section

libraries.load("PyTorch")  # one thread, and every warning each time
RECORD = Path(__file__).with_name("bad_input.json")


class NotRunError(Exception):
    """The compiled loss of scikit-learn does not check what it is handed, and reads beyond it."""


def torch_indices(z: Any, t: Any, **options: Any) -> Any:
    options = {"weight" if k == "class_weights" else k: v for k, v in options.items()}
    if "weight" in options:
        options["weight"] = torch.as_tensor(options["weight"])
    if "where" in options:
        del options["where"]
        options["ignore_index"] = 1
    return F.cross_entropy(torch.as_tensor(z), torch.as_tensor(t), **options)


def torch_smoothing(z: Any, t: Any, *, epsilon: float) -> Any:
    return F.cross_entropy(torch.as_tensor(z), torch.as_tensor(t), label_smoothing=epsilon)


def optax_indices(z: Any, t: Any) -> Any:
    return optax.softmax_cross_entropy_with_integer_labels(jnp.asarray(z), jnp.asarray(t)).mean()


def scipy_indices(z: Any, t: Any) -> Any:
    return -log_softmax(z, axis=1)[np.arange(len(z)), t].mean()


def sklearn_indices(z: Any, t: Any) -> Any:
    y = np.asarray(t, dtype=np.float64)
    if y.ndim == 1 and np.ndim(z) == 2:
        n, classes = np.shape(z)
        if len(y) != n or not ((y >= 0) & (y < classes)).all():
            raise NotRunError
    return HalfMultinomialLoss(n_classes=z.shape[1])(y, z)


def keras_indices(z: Any, t: Any) -> Any:
    return np.mean(keras.losses.sparse_categorical_crossentropy(t, z, from_logits=True))


def textbook_indices(z: Any, t: Any) -> Any:
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(p)), t]).mean()


def torch_probabilities(p: Any, t: Any) -> Any:
    return F.nll_loss(torch.log(torch.as_tensor(p)), torch.as_tensor(t))


def sklearn_probabilities(p: Any, t: Any) -> Any:
    return log_loss(t, p, labels=[0, 1, 2])


def keras_probabilities(p: Any, t: Any) -> Any:
    return np.mean(keras.losses.sparse_categorical_crossentropy(t, p))


def textbook_probabilities(p: Any, t: Any) -> Any:
    return -np.log(p[np.arange(len(p)), t]).mean()


def optax_soft(z: Any, q: Any) -> Any:
    return optax.softmax_cross_entropy(jnp.asarray(z), jnp.asarray(q)).mean()


def keras_soft(z: Any, q: Any) -> Any:
    return np.mean(keras.losses.categorical_crossentropy(q, z, from_logits=True))


def textbook_soft(z: Any, q: Any) -> Any:
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return -(q * np.log(e / e.sum(axis=1, keepdims=True))).sum(axis=1).mean()


def torch_logit(z: Any, y: Any) -> Any:
    return F.binary_cross_entropy_with_logits(torch.as_tensor(z), torch.as_tensor(y))


def optax_logit(z: Any, y: Any) -> Any:
    return optax.sigmoid_binary_cross_entropy(jnp.asarray(z), jnp.asarray(y)).mean()


def sklearn_logit(z: Any, y: Any) -> Any:
    if np.ndim(z) == np.ndim(y) == 1 and len(z) != len(y):
        raise NotRunError
    return HalfBinomialLoss()(y, z)


def keras_logit(z: Any, y: Any) -> Any:
    return np.mean(keras.losses.binary_crossentropy(y, z, from_logits=True))


def textbook_logit(z: Any, y: Any) -> Any:
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


def torch_probability(p: Any, y: Any) -> Any:
    return F.binary_cross_entropy(torch.as_tensor(p), torch.as_tensor(y))


def sklearn_probability(p: Any, y: Any) -> Any:
    return log_loss(y, p, labels=[0, 1])


def sklearn_brier(p: Any, y: Any) -> Any:
    return brier_score_loss(y, p, labels=[0, 1])


def keras_probability(p: Any, y: Any) -> Any:
    return np.mean(keras.losses.binary_crossentropy(y, p))


def textbook_probability(p: Any, y: Any) -> Any:
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def torch_squared(a: Any, b: Any) -> Any:
    return F.mse_loss(torch.as_tensor(a), torch.as_tensor(b))


def optax_squared(a: Any, b: Any) -> Any:
    return optax.squared_error(jnp.asarray(a), jnp.asarray(b)).mean()


def sklearn_squared(a: Any, b: Any) -> Any:
    return mean_squared_error(b, a)


def keras_squared(a: Any, b: Any) -> Any:
    return np.mean(keras.losses.mean_squared_error(b, a))


def textbook_squared(a: Any, b: Any) -> Any:
    return np.mean((a - b) ** 2)


Peers = dict[str, Callable[..., Any]]
SOFTMAX: Peers = {
    "PyTorch": torch_indices,
    "Optax": optax_indices,
    "SciPy log_softmax": scipy_indices,
    "scikit-learn HalfMultinomialLoss": sklearn_indices,
    "Keras": keras_indices,
    "textbook": textbook_indices,
}
PEERS: dict[str, Peers] = {
    "softmax cross-entropy of class indices": SOFTMAX,
    "cross-entropy of class probabilities": {
        "PyTorch": torch_probabilities,
        "scikit-learn log_loss": sklearn_probabilities,
        "Keras": keras_probabilities,
        "textbook": textbook_probabilities,
    },
    "softmax cross-entropy of distributions": {
        "PyTorch": torch_indices,
        "Optax": optax_soft,
        "Keras": keras_soft,
        "textbook": textbook_soft,
    },
    "binary cross-entropy from logits": {
        "PyTorch": torch_logit,
        "Optax": optax_logit,
        "scikit-learn HalfBinomialLoss": sklearn_logit,
        "Keras": keras_logit,
        "textbook": textbook_logit,
    },
    "binary cross-entropy of a probability": {
        "PyTorch": torch_probability,
        "scikit-learn log_loss": sklearn_probability,
        "Keras": keras_probability,
        "scikit-learn brier_score_loss": sklearn_brier,
        "textbook": textbook_probability,
    },
    "mean squared error": {
        "PyTorch": torch_squared,
        "Optax": optax_squared,
        "scikit-learn": sklearn_squared,
        "Keras": keras_squared,
        "textbook": textbook_squared,
    },
    "options of softmax cross-entropy": {"PyTorch": torch_indices},
    "label smoothing": {"PyTorch": torch_smoothing},
}


def outcome(function: Callable[..., Any], case: Case) -> dict[str, Any]:
    """A value, an error or `not run`, with the kinds of warnings that came along."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = function(*case.args, **case.options)
            value = np.asarray(value)
            result: dict[str, Any] = {"value": f"{complex(value):.6g}"}
            if value.dtype.kind != "c":
                result = {"value": f"{float(value):.6g}"}
        except NotRunError:
            return {"not run": "it would read outside of its arrays"}
        except Exception as error:
            first = str(error).strip().split("\n")[0]
            result = {"error": type(error).__name__, "message": first[:120]}
    kinds = sorted({c.category.__name__ for c in caught} - {"DeprecationWarning"})
    return {**result, "warns": kinds} if kinds else result


def measure(section: Section) -> dict[str, Any]:
    """Case -> peer -> outcome."""
    return {
        case.name: {peer: outcome(function, case) for peer, function in PEERS[section.name].items()}
        for case in section.cases
    }


def main() -> None:
    """Print, and with --record keep, what the peers do."""
    found = {section.name: measure(section) for section in SECTIONS}
    for name, cases in found.items():
        print(f"\n{name}")
        for case, cells in cases.items():
            for peer, cell in cells.items():
                print(f"  {case} | {peer} | {' '.join(map(str, cell.values()))}")
    if "--record" in sys.argv[1:]:
        record = {"versions": libraries.versions(), "outcomes": found}
        RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
