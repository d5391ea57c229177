"""What a call of another library is to the probes: NumPy arrays in and out, options by one name.

Every parameter of a call is either an option that a probe knows, or listed as neutral here: a test
finds the parameter that a new version of a library adds.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

NEUTRAL = {
    "size_average", "reduce", "reduction", "name", "dtype", "axis", "from_logits", "log_target",
    "self", "multioutput", "normalize", "labels", "pos_label", "scale_by_half", "nan_policy",
    "base", "keepdims", "b", "return_sign", "where", "out", "y_pred", "casting", "order", "subok",
    "signature",
}  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One call and what the probes may ask of it."""

    framework: str
    name: str
    family: str
    run: Callable[..., Any]
    parameters: list[str]
    options: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, Any] = field(default_factory=dict)

    def unknown(self) -> set[str]:
        """Parameters that neither a probe nor this file knows."""
        order = 0 if self.family in {"objectives", "linear"} else 2
        known = {*self.options.values(), *self.traits.get("other", ()), *NEUTRAL}
        return set(self.parameters[order:]) - known


def names(functions: Iterable[Callable[..., Any]]) -> list[str]:
    names: list[str] = []
    for function in functions:
        try:
            found = list(inspect.signature(function).parameters)
        except ValueError:  # a compiled ufunc: its arguments have no names
            found = [f"x{i + 1}" for i in range(function.nin)]
        names += [name for name in found if name not in {"self", *names}]
    return names


# options and traits that several calls share
W = {"weights": "weight"}
S = {"weights": "sample_weight"}
EACH = {"each": True}
VECTOR = {"vector": True}
LOGITS, PROBABILITIES = {"takes": "logits"}, {"takes": "probabilities"}
LOGARITHMS = {"takes": "log-probabilities"}
INDEX, SOFT = {"targets": "index"}, {"targets": "soft"}
ROWS = {"rows": True}
TORCH_CLASSES = {"class_weights": "weight", "ignore": "ignore_index"}
SMOOTH = {"smoothing": "label_smoothing"}
