"""The losses of Keras on the backend that is active, measured in a process of their own.

python -m tests.peers.calls_keras     with KERAS_BACKEND set: prints what is measured as JSON
"""

import json
import os
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from tests.peers.call import (
    INDEX,
    LOGITS,
    PROBABILITIES,
    ROWS,
    SMOOTH,
    SOFT,
    Call,
    S,
    names,
)
from tests.peers.equals import outputs
from tests.peers.probes import measure


def of_keras(
    name: str,
    family: str,
    options: Mapping[str, str] = {},
    traits: Mapping[str, Any] = {},
    **fixed: Any,
) -> Call:
    """A loss class: some options belong to its making, the weights to its call."""
    made = getattr(keras.losses, name)

    def run(x: Any, t: Any, **given: Any) -> Any:
        given = {options.get(k, k): v for k, v in given.items()}
        weights = given.pop("sample_weight", None)
        loss = made(**given, **fixed)
        return keras.ops.convert_to_numpy(loss(t, x, sample_weight=weights))

    shown = f"{name}({', '.join(f'{k}={v!r}' for k, v in fixed.items())})".removesuffix("()")
    parameters = names([made.__call__, made.__init__])
    return Call("Keras", shown, family, run, parameters, options, traits)


def keras_calls() -> list[Call]:
    """Of the backend that is active."""
    p, z = PROBABILITIES, LOGITS
    balanced = {"balanced": {"apply_class_balancing": True}}
    focal = {"gamma": "gamma", "alpha": "alpha", "smoothing": "label_smoothing", **S}
    return [
        of_keras("MeanSquaredError", "squared", S, ROWS),
        of_keras("Huber", "huber", {"delta": "delta", **S}, ROWS),
        of_keras("BinaryCrossentropy", "binary", {**S, **SMOOTH}, {**p, **ROWS}),
        of_keras("BinaryCrossentropy", "binary", {**S, **SMOOTH}, {**z, **ROWS}, from_logits=True),
        of_keras("CategoricalCrossentropy", "classes", {**S, **SMOOTH}, {**p, **SOFT}),
        of_keras(
            "CategoricalCrossentropy", "classes", {**S, **SMOOTH}, {**z, **SOFT}, from_logits=True
        ),
        of_keras(
            "SparseCategoricalCrossentropy",
            "classes",
            {**S, "ignore": "ignore_class"},
            {**p, **INDEX},
        ),
        of_keras(
            "SparseCategoricalCrossentropy",
            "classes",
            {**S, "ignore": "ignore_class"},
            {**z, **INDEX},
            from_logits=True,
        ),
        of_keras("KLDivergence", "divergence", S, p),
        of_keras(
            "BinaryFocalCrossentropy",
            "focal",
            {**focal, "balance": "apply_class_balancing"},
            {**p, **balanced},
        ),
        of_keras(
            "CategoricalFocalCrossentropy",
            "focal",
            focal,
            {**p, "classes": True, "alpha always": True},
        ),
    ]


ONE = {  # an example of each family, none of its losses a number of float32
    "squared": (np.array([1 / 3]), np.array([0.7])),
    "binary": (np.array([1 / 3]), np.array([1.0])),
    "classes": (np.array([[0.2, 0.3, 0.5]]), np.array([[0.0, 1.0, 0.0]])),
}
EXAMPLE = {"huber": "squared", "focal": "binary", "divergence": "classes"}


def digits(**asked: str) -> dict[str, list[str]]:
    """Call -> the type of its result, and the type whose digits it has."""
    found = {}
    for call in keras_calls():
        family = "classes" if call.traits.get("classes") else call.family
        x, t = ONE[EXAMPLE.get(family, family)]
        t = t.argmax(axis=1) if call.traits.get("targets") == "index" else t
        value = np.asarray(call.run(x, t, **asked))
        found[call.name] = [
            str(value.dtype),
            "float32" if np.float32(value) == value else "float64",
        ]
    return found


def asked_for_float64() -> dict[str, list[str]]:
    """Digits of losses that are to compute in float64: each of them, or all."""
    found = digits(dtype="float64")
    keras.config.set_floatx("float64")
    try:
        assert digits() == found
    finally:
        keras.config.set_floatx("float32")
    return found


def main() -> None:
    """Print the cells and the outputs of this backend."""
    backend = keras.backend.backend()
    versions = {"Keras": version("keras")}
    if backend == "tensorflow":
        versions["TensorFlow"] = version("tensorflow-cpu")
    found = {
        "versions": versions,
        "calls": measure(keras_calls(), backend),
        "outputs": outputs("Keras", {"losses": keras.losses}, keras.ops.convert_to_numpy),
        "asked for float64": asked_for_float64(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
