"""Bad and unusual input, case by case, with the answer of lossref: a number or an error.

`tests/test_bad_input.py` holds lossref to the answers; `tests/peers/` runs the same cases through
other libraries and keeps what they do in `tests/peers/bad_input.json`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import exp, inf, log, log1p, nan
from typing import Any

import numpy as np

import lossref as lr


@dataclass(frozen=True)
class Raises:
    """The error that is the answer: its type and a part of its message."""

    error: type[Exception]
    match: str


@dataclass(frozen=True)
class Case:
    """Arguments of a loss and the answer; `empty` means: an empty array, and no mean."""

    name: str
    args: tuple[Any, ...]
    answer: float | Raises
    empty: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    tolerance: float = 1e-15  # relative; larger for answers in single precision


@dataclass(frozen=True)
class Section:
    """Cases of one loss; `mean` is the fused function, where there is one."""

    name: str
    per_example: Callable[..., Any]
    mean: Callable[..., Any] | None
    cases: tuple[Case, ...]


KIND = Raises(TypeError, "must hold real numbers, got dtype")
WIDE = Raises(TypeError, "must be float16, float32 or float64")
MASKED = Raises(TypeError, "masked array, whose mask would be lost")
SHAPES = Raises(ValueError, "must have equal shapes")
FORM = Raises(ValueError, r"class indices \(integers\) of shape .* or a distribution")
LABEL = Raises(ValueError, r"class indices must lie in 0\.\.2, got")
UNIT = Raises(ValueError, r"must lie in \[0, 1\], got")
SUM = Raises(ValueError, "must sum to 1 along the last axis, got")
CLASSES = Raises(ValueError, "has no classes|needs a last axis of classes")
RAGGED = Raises(ValueError, "not a rectangular array")


def read_only(values: Any) -> Any:
    array = np.array(values)
    array.flags.writeable = False
    return array


def every_other(values: Any) -> Any:
    """The same values, with a gap of one row between them in memory."""
    return np.repeat(np.array(values), 2, axis=0)[::2]


def masked_last(values: Any) -> Any:
    array = np.ma.array(values)
    array[-1] = np.ma.masked
    return array


# Softmax cross-entropy of class indices. Every row is 0, 1, 2 in some order; its loss by hand:
Z = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 2.0], [1.0, 0.0, 2.0], [2.0, 0.0, 1.0]])
T = np.array([0, 2, 1, 0])
TOP = log1p(exp(-1) + exp(-2))  # of the class with logit 2; the others cost 1 and 2 more
BASE = (TOP + TOP + (TOP + 2) + TOP) / 4
TWO = log1p(exp(-1))


def logits(changes: dict[tuple[int, int], float], dtype: Any = float) -> Any:
    z = Z.astype(dtype)
    for place, value in changes.items():
        z[place] = value
    return z


INDICES = Section(
    "softmax cross-entropy of class indices",
    lr.softmax_cross_entropy,
    lr.softmax_cross_entropy_value_and_grad,
    (
        Case("baseline", (Z, T), BASE),
        Case("target (4, 1)", (Z, T[:, None]), FORM),
        Case("target (3,) for logits (4, 3)", (Z, T[:3]), FORM),
        Case("target (1,) for logits (4, 3)", (Z, T[:1]), FORM),
        Case("logits (3, 4), target (4,)", (Z.T, T), FORM),
        Case("empty batch", (np.zeros((0, 3)), np.zeros(0, int)), 0.0, empty=True),
        Case("one class", (np.ones((4, 1)), np.zeros(4, int)), 0.0),
        Case("no class", (np.zeros((4, 0)), np.zeros(4, int)), CLASSES),
        Case("label 3 of 3 classes", (Z, np.array([0, 2, 1, 3])), LABEL),
        Case("label 1000000", (Z, np.array([0, 2, 1, 10**6])), LABEL),
        Case("label -1", (Z, np.array([0, 2, 1, -1])), LABEL),
        Case("label -100", (Z, np.array([0, 2, 1, -100])), LABEL),
        Case("all labels -100", (Z, np.full(4, -100)), LABEL),
        Case("label 2^63", (Z, np.array([0, 2, 1, 2**63], np.uint64)), LABEL),
        Case("labels float 1.0", (Z, T.astype(float)), FORM),
        Case("label float 1.5", (Z, np.array([0, 1.5, 1, 0])), FORM),
        Case("labels bool", (Z, T > 0), FORM),
        Case("labels int32", (Z, T.astype(np.int32)), BASE),
        Case("labels uint8", (Z, T.astype(np.uint8)), BASE),
        Case("labels str", (Z, np.array(["a", "b", "c", "a"])), KIND),
        Case("logit nan", (logits({(0, 1): nan}), T), nan),
        Case("logit inf, not the target", (logits({(0, 1): inf}), T), inf),
        Case("logit inf, the target", (logits({(0, 0): inf}), T), BASE - TOP / 4),
        Case("logit -inf, not the target", (logits({(0, 2): -inf}), T), BASE + (TWO - TOP) / 4),
        Case("logit -inf, the target", (logits({(0, 0): -inf}), T), inf),
        Case("row all -inf", (logits({(0, k): -inf for k in range(3)}), T), nan),
        Case("logits int64", (Z.astype(int), T), BASE),
        Case("logits bool", (Z > 0, T), KIND),
        Case("logits float16", (Z.astype(np.float16), T), BASE, tolerance=1e-6),
        Case(
            "logits float16, 60000 and -60000",
            (logits({(0, 0): -6e4, (0, 1): 6e4}, np.float16), T),
            (60000 + 60000) / 4 + BASE - TOP / 4,
            tolerance=1e-6,
        ),
        Case("logits longdouble", (Z.astype(np.longdouble), T), WIDE),
        Case("logits complex", (Z.astype(complex), T), KIND),
        Case("logits object", (Z.astype(object), T), KIND),
        Case("lists", (Z.tolist(), T.tolist()), BASE),
        Case("ragged lists", ([[1.0, 2.0], [1.0]], [0, 0]), RAGGED),
        Case("scalar logits and label", (np.array(1.0), np.array(0)), CLASSES),
        Case("one row, scalar label", (Z[0], 0), TOP),
        Case("logits masked", (masked_last(Z), T), MASKED),
        Case("labels masked", (Z, masked_last(T)), MASKED),
        Case("strided", (every_other(Z), every_other(T)), BASE),
        Case("negative strides", (Z[::-1], T[::-1]), BASE),
        Case("read-only", (read_only(Z), read_only(T)), BASE),
        Case("Fortran order", (np.asfortranarray(Z), T), BASE),
        Case("big-endian", (Z.astype(">f8"), T.astype(">i8")), BASE),
    ),
)

# Probabilities of classes
P = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]])
PT = np.array([0, 1, 2])
P_BASE = (-log(0.7) - log(0.8) - log(0.5)) / 3


def changed(row: list[float]) -> Any:
    p = P.copy()
    p[1] = row
    return p


PROBABILITIES = Section(
    "cross-entropy of class probabilities",
    lr.categorical_cross_entropy,
    None,
    (
        Case("baseline", (P, PT), P_BASE),
        Case("row sums to 1.2", (changed([0.1, 0.8, 0.3]), PT), SUM),
        Case("row sums to 0.5", (changed([0.1, 0.3, 0.1]), PT), SUM),
        Case("negative probability at the target", (changed([0.9, -0.8, 0.9]), PT), UNIT),
        Case("probability 1.7 at the target", (changed([-0.35, 1.7, -0.35]), PT), UNIT),
        Case("probability 0 at the target", (changed([0.5, 0.0, 0.5]), PT), inf),
        Case(
            "probability 0 at the target, float32",
            (changed([0.5, 0.0, 0.5]).astype(np.float32), PT),
            inf,
        ),
        Case("one-hot and right", (np.eye(3), PT), 0.0),
        Case("nan", (changed([nan, 0.5, 0.5]), PT), nan),
        Case("logits", (5 * np.eye(3) - 1, PT), UNIT),
        Case("integers", (np.eye(3, dtype=int), PT), 0.0),
        Case("one class among the labels", (P, np.ones(3, int)), -(log(0.2 * 0.8 * 0.25)) / 3),
        Case("empty batch", (np.zeros((0, 3)), np.zeros(0, int)), 0.0, empty=True),
    ),
)

# Softmax cross-entropy of distributions
Q = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.25, 0.25, 0.5]])
Q_COST = (0.75 + 2.0 + 1.0 + 1.0) / 4  # sum of q_k (2 - z_k), by hand
Q_BASE = TOP + Q_COST

SOFT = Section(
    "softmax cross-entropy of distributions",
    lr.softmax_cross_entropy,
    lr.softmax_cross_entropy_value_and_grad,
    (
        Case("baseline", (Z, Q), Q_BASE),
        Case("target sums to 2", (Z, 2 * Q), Raises(ValueError, "target must lie in|sum to 1")),
        Case("target all 0", (Z, 0 * Q), SUM),
        Case("target negative", (Z, 1.5 * Q - 0.5 / 3), UNIT),
        Case("target (4, 1)", (Z, Q[:, :1]), FORM),
        Case("target (1, 3)", (Z, Q[:1]), FORM),
        Case("target float32", (Z, Q.astype(np.float32)), Q_BASE),
        Case("one-hot int64", (Z, np.eye(3, dtype=int)[T]), BASE),
        Case("nan in the target", (Z, np.where(Q == 1, nan, Q)), nan),
        Case(
            "target 0 where the logit is -inf",
            (logits({(1, 1): -inf}), Q),
            Q_BASE
            + (
                # the row (0, -inf, 2) with target (1, 0, 0) costs 2 + log(1 + e^-2)
                (2 + log1p(exp(-2))) - (TOP + 2)
            )
            / 4,
        ),
        Case("logits 1000 apart, one-hot", (1000 * Z, np.eye(3)[T]), (0 + 0 + 2000 + 0) / 4),
    ),
)

# Binary cross-entropy from logits
B = np.array([2.0, -1.0, 3.0])
Y = np.array([1.0, 0.0, 1.0])
B_TERMS = [log1p(exp(-2)), log1p(exp(-1)), log1p(exp(-3))]
B_BASE = sum(B_TERMS) / 3

LOGIT = Section(
    "binary cross-entropy from logits",
    lr.sigmoid_cross_entropy,
    lr.sigmoid_cross_entropy_value_and_grad,
    (
        Case("baseline", (B, Y), B_BASE),
        Case("logits (3,), target (3, 1)", (B, Y[:, None]), SHAPES),
        Case("logits (3, 1), target (3,)", (B[:, None], Y), SHAPES),
        Case("length 3 and 2", (B, Y[:2]), SHAPES),
        Case("length 3 and 1", (B, Y[:1]), SHAPES),
        Case("empty", (np.zeros(0), np.zeros(0)), 0.0, empty=True),
        Case("target 2", (B, 2 * Y), UNIT),
        Case("targets -1 and 1", (B, 2 * Y - 1), UNIT),
        Case("target int64", (B, Y.astype(int)), B_BASE),
        Case("target bool", (B, Y > 0), B_BASE),
        Case("logits int64", (B.astype(int), Y), B_BASE),
        Case("logit nan", (np.array([nan, -1, 3]), Y), nan),
        Case("infinite and right", (np.array([inf, -inf, 3]), Y), B_TERMS[2] / 3),
        Case("infinite and wrong", (np.array([-inf, -1, 3]), Y), inf),
        Case("float16", (B.astype(np.float16), Y.astype(np.float16)), B_BASE, tolerance=1e-6),
        Case("logits float32, target float64", (B.astype(np.float32), Y), B_BASE),
        Case("complex", (B.astype(complex), Y), KIND),
        Case("object", (B.astype(object), Y), KIND),
        Case("lists", (B.tolist(), Y.tolist()), B_BASE),
        Case("scalars", (2.0, 1.0), B_TERMS[0]),
        Case("masked", (masked_last(B), Y), MASKED),
        Case("read-only", (read_only(B), read_only(Y)), B_BASE),
        Case("strided", (every_other(B), every_other(Y)), B_BASE),
    ),
)

# Binary cross-entropy from probabilities
H = np.array([0.9, 0.2, 0.7])
H_BASE = (-log(0.9) - log(0.8) - log(0.7)) / 3

PROBABILITY = Section(
    "binary cross-entropy of a probability",
    lr.binary_cross_entropy,
    None,
    (
        Case("baseline", (H, Y), H_BASE),
        Case("0 for a positive", (np.array([0.0, 0.2, 0.7]), Y), inf),
        Case("1 for a negative", (np.array([0.9, 1.0, 0.7]), Y), inf),
        Case("0 and 1, right", (Y, Y), 0.0),
        Case("1.2", (np.array([0.9, 1.2, 0.7]), Y), UNIT),
        Case("-0.1", (np.array([0.9, -0.1, 0.7]), Y), UNIT),
        Case("nan", (np.array([0.9, nan, 0.7]), Y), nan),
        Case(
            "1e-300 for a positive",
            (np.array([1e-300, 0.2, 0.7]), Y),
            (300 * log(10) - log(0.8) - log(0.7)) / 3,
        ),
        Case("1e-20 for a negative", (np.array([1e-20]), np.array([0.0])), 1e-20),
        Case("(3,) and (3, 1)", (H, Y[:, None]), SHAPES),
        Case("target 0.5", (H, np.array([1, 0.5, 1])), H_BASE + (log(0.8) - log(0.2)) / 6),
        Case("target 2", (H, 2 * Y), UNIT),
        Case("empty", (np.zeros(0), np.zeros(0)), 0.0, empty=True),
        Case("target int", (H, Y.astype(int)), H_BASE),
        Case("float16", (H.astype(np.float16), Y.astype(np.float16)), H_BASE, tolerance=1e-3),
        Case("positives only", (H, np.ones(3)), (-log(0.9) - log(0.2) - log(0.7)) / 3),
    ),
)

# Mean squared error
M = np.array([1.0, 2.0, 3.0])
N = np.array([1.0, 2.0, 5.0])


def two(dtype: Any, a: int, b: int) -> tuple[Any, Any]:
    return np.array([a], dtype), np.array([b], dtype)


SQUARED = Section(
    "mean squared error",
    lr.squared_error,
    lr.mean_squared_error_value_and_grad,
    (
        Case("baseline", (M, N), 4 / 3),
        Case("(3,) and (3, 1)", (M, N[:, None]), SHAPES),
        Case("(3,) and (1,)", (M, N[:1]), SHAPES),
        Case("(3,) and ()", (M, np.array(2.0)), SHAPES),
        Case("(3,) and (2,)", (M, N[:2]), SHAPES),
        Case("(2, 3) and (3,)", (np.stack([M, M]), N), SHAPES),
        Case("empty", (np.zeros(0), np.zeros(0)), 0.0, empty=True),
        Case("nan", (np.array([1, nan, 3]), N), nan),
        Case("inf - inf", (np.array([1, inf, 3]), np.array([1, inf, 5])), nan),
        Case("uint8, 3 and 5", two(np.uint8, 3, 5), 4.0),
        Case("int8, 100 and -100", two(np.int8, 100, -100), 40000.0),
        Case("int64", (M.astype(int), N.astype(int)), 4 / 3),
        Case("bool", (M > 1, N > 4), KIND),
        Case("float16, 300 and 0", two(np.float16, 300, 0), 90000.0),
        Case("complex", (np.array([1j]), np.array([0j])), KIND),
        Case("object", (np.array([Fraction(1, 3)]), np.array([Fraction(0)])), KIND),
        Case("lists", (M.tolist(), N.tolist()), 4 / 3),
        Case("scalars", (3.0, 5.0), 4.0),
        Case("masked", (masked_last(M), N), MASKED),
        Case("read-only", (read_only(M), read_only(N)), 4 / 3),
        Case("strided", (every_other(M), every_other(N)), 4 / 3),
        Case("float32 and float64", (M.astype(np.float32), N), 4 / 3),
        Case("1e200 and 0", (np.array([1e200]), np.array([0.0])), inf),
        Case("str", (np.array(["1", "2"]), np.array(["2", "3"])), KIND),
    ),
)


def weighted(name: str, answer: float | Raises, **options: Any) -> Case:
    return Case(name, (Z, T), answer, options=options)


WEIGHT = Raises(ValueError, "class_weights must")
NOTHING = Raises(ValueError, "no row with a positive weight is left")
UNKNOWN = Raises(TypeError, "unexpected keyword argument")


def smoothed(z: Any, target: Any, *, epsilon: float) -> Any:
    """Mean cross-entropy of smoothed labels."""
    return lr.softmax_cross_entropy_value_and_grad(z, lr.smooth_labels(target, 3, epsilon))


OPTIONS = Section(
    "options of softmax cross-entropy",
    lr.softmax_cross_entropy,
    lr.softmax_cross_entropy_value_and_grad,
    (
        weighted("weights all 0", NOTHING, class_weights=np.zeros(3)),
        Case(
            "weight 0 of every label present",
            (Z, np.zeros(4, int)),
            NOTHING,
            options={"class_weights": np.array([0.0, 1.0, 1.0])},
        ),
        weighted("two weights for three classes", WEIGHT, class_weights=np.ones(2)),
        weighted("negative weight", WEIGHT, class_weights=np.array([-2.0, 1.0, 1.0])),
        weighted(
            "weights float32, logits float64", BASE, class_weights=np.ones(3, dtype=np.float32)
        ),
        weighted("weight nan", WEIGHT, class_weights=np.array([nan, 1.0, 1.0])),
        weighted("a class to ignore", TOP, where=T != 1),
        weighted("reduction 'avg'", UNKNOWN, reduction="avg"),
        weighted("reduction None", UNKNOWN, reduction=None),
    ),
)

SMOOTHING = Section(
    "label smoothing",
    smoothed,
    smoothed,
    (
        Case("1.5", (Z, T), Raises(ValueError, r"epsilon must lie in"), options={"epsilon": 1.5}),
        Case("-0.1", (Z, T), Raises(ValueError, r"epsilon must lie in"), options={"epsilon": -0.1}),
        Case("0.3", (Z, T), 0.7 * BASE + 0.3 * (TOP + 1), options={"epsilon": 0.3}),
    ),
)

SECTIONS = [INDICES, PROBABILITIES, SOFT, LOGIT, PROBABILITY, SQUARED, OPTIONS, SMOOTHING]
