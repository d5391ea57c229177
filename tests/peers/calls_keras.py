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
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
