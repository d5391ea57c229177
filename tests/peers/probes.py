"""Questions to the loss functions of other libraries, and the names of the answers.

A probe asks one call a few questions, compares the answers with what the conventions in use would
give, and returns the text of one cell of the table. An answer that fits no convention, or two of
them, is an error. No library is imported here: `Live` asks the real call and keeps the outcomes,
`Replay` gives kept outcomes in their order, so the tests without the libraries come to the same
text, or fail.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import lossref

PRECISION = {"float64": 1e-9, "float32": 2e-6, "float16": 2e-3}
NONE = "—"  # the call has no such option


class UnexplainedError(AssertionError):
    """A call does what no convention known here does."""


@dataclass(frozen=True)
class Outcome:
    """What a call returned, or the name of its error."""

    value: np.ndarray
    dtype: str
    error: str = ""
    warns: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Outcome":
        value = np.array(kept.get("value", "nan"), dtype=np.float64)
        return cls(
            value, kept.get("dtype", ""), kept.get("error", ""), tuple(kept.get("warns", ()))
        )

    @property
    def number(self) -> float:
        if self.error or self.value.size != 1:
            raise UnexplainedError(f"no single number: {self}")
        return float(self.value.ravel()[0])


def _plain(x: Any) -> Any:
    """Nested lists of 12 digits, with the names of what JSON has no number for."""
    if isinstance(x, list):
        return [_plain(entry) for entry in x]
    return float(f"{x:.12g}") if np.isfinite(x) else str(x)


@dataclass
class Ask:
    """One call as the probes see it."""

    options: Mapping[str, str]  # name in the probes -> name of the parameter
    parameters: list[str]
    traits: Mapping[str, Any]
    log: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, *args: Any, **options: Any) -> Outcome:
        raise NotImplementedError


@dataclass
class Live(Ask):
    """Asks the library."""

    run: Callable[..., Any] = print

    def __call__(self, *args: Any, **options: Any) -> Outcome:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = np.asarray(self.run(*args, **options))
                kept = {
                    "value": _plain(value.astype(np.float64).tolist()),
                    "dtype": str(value.dtype),
                }
            except Exception as error:
                kept = {"error": type(error).__name__}
        kinds = {c.category.__name__ for c in caught} & {"UserWarning"}
        if kinds:
            kept["warns"] = sorted(kinds)
        self.log.append(kept)
        return Outcome.of(kept)


@dataclass
class Replay(Ask):
    """Answers from a record."""

    used: int = 0

    def __call__(self, *args: Any, **options: Any) -> Outcome:
        self.used += 1
        return Outcome.of(self.log[self.used - 1])


Probe = Callable[[Any], str]


# --- naming what was seen -------------------------------------------------------------------------


def same(found: np.ndarray, expected: Any, precision: float) -> bool:
    expected = np.asarray(expected, dtype=np.float64)
    return found.shape == expected.shape and np.allclose(
        found, expected, rtol=precision, atol=precision * 1e-6, equal_nan=True
    )


def which(outcome: Outcome, candidates: Mapping[str, Any], precision: float | None = None) -> str:
    """The one candidate that the outcome is."""
    if outcome.error:
        raise UnexplainedError(f"{outcome.error} where a number was expected")
    precision = precision or PRECISION.get(outcome.dtype, 1e-9)
    fits = [name for name, value in candidates.items() if same(outcome.value, value, precision)]
    if len(fits) != 1:
        raise UnexplainedError(f"{outcome} is {fits or 'none'} of {dict(candidates)}")
    return fits[0]


def shown(outcome: Outcome) -> str:
    """An error or a number with four digits."""
    if outcome.error:
        return f"`{outcome.error}`"
    x = outcome.number
    if np.isnan(x) or np.isinf(x):
        return "nan" if np.isnan(x) else ("∞" if x > 0 else "−∞")
    if x == 0:
        return "0"
    if abs(x) < 1e-3:
        mantissa, exponent = f"{x:.1e}".split("e")
        digits = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{mantissa}·10{digits}".replace("-", "−")
    return f"{x:.4g}".replace("-", "−")


def arguments(ask: Ask) -> str:
    return f"`{', '.join(ask.parameters[:2])}`"


def _option(ask: Ask, option: str) -> str:
    return f"`{ask.options[option]}`"


def precision(make: Callable[[str], Any]) -> Probe:
    """Data type of the result for each of the input."""

    def probe(ask: Ask) -> str:
        found = {}
        for dtype in ("float16", "float32", "float64"):
            outcome = ask(*make(dtype)(ask))
            found[dtype] = f"`{outcome.error}`" if outcome.error else outcome.dtype
        if all(name == dtype for name, dtype in found.items()):
            return "that of the input"
        if len(set(found.values())) == 1:
            return f"{found['float64']}, {'by default' if 'dtype' in ask.parameters else 'always'}"
        groups = {kind: [k for k in found if found[k] == kind] for kind in found.values()}
        return "; ".join(f"{', '.join(names)} → {kind}" for kind, names in groups.items())

    return probe


# --- numbers --------------------------------------------------------------------------------------

X = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, -1.5]])
T = np.array([[0.5, 1.0, -1.0], [2.5, -0.5, 1.0]])


def _reduction(loss: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Probe:
    def probe(ask: Ask) -> str:
        each = loss(X, T) * (0.5 if ask.traits.get("half") else 1.0)
        return which(
            ask(X, T),
            {
                "mean over n·d": each.mean(),
                "sum over d, mean over n": each.sum(axis=1).mean(),
                "sum": each.sum(),
                "none: one per number": each,
                "mean over d: one per row": each.mean(axis=1),
            },
        )

    return probe


def _factor(ask: Ask) -> str:
    """Of a squared error of 4."""
    return which(ask(np.array([3.0]), np.array([1.0])), _scalar({"1": 4.0, "½": 2.0}, ask))


def _scalar(candidates: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """A call without a mean returns an array of one."""
    return {k: [v] if ask.traits.get("each") else v for k, v in candidates.items()}


def _weights(x: Any, t: Any, losses: Any, option: str = "weights") -> Probe:
    """Weights 1 and 3 on two examples."""

    def probe(ask: Ask) -> str:
        if option not in ask.options:
            return NONE
        w = np.array([1.0, 3.0])
        # a class of Keras has one weight for each row, so the numbers are rows
        column = (slice(None), None) if ask.traits.get("rows") and np.ndim(x) == 1 else ...
        name = which(
            ask(x[column], t[column], **{option: w}),
            {"n": (w * losses).mean(), "sum of the weights": (w * losses).sum() / w.sum()},
        )
        return f"{_option(ask, option)}, ÷ {name}"

    return probe


def _column(
    x: np.ndarray,
    t: np.ndarray,
    loss: Callable[..., np.ndarray],
    form: Callable[[Ask, np.ndarray], np.ndarray] = lambda ask, x: x,
    **options: Any,
) -> Probe:
    """(n,) against (n, 1)."""

    def probe(ask: Ask) -> str:
        outcome = ask(form(ask, x), t[:, None], **options)
        if outcome.error:
            return f"`{outcome.error}`"
        factor = 0.5 if ask.traits.get("half") else 1.0
        pairs = factor * loss(*np.broadcast_arrays(x, t[:, None]))
        own = factor * loss(x, t)
        name = which(
            outcome,
            {
                "pairs all: n² losses": pairs if ask.traits.get("each") else pairs.mean(),
                "one by one": own if ask.traits.get("each") else own.mean(),
            },
        )
        return name + (", and warns" if outcome.warns else "")

    return probe


NUMBERS = np.array([1.0, 2.0, 4.0]), np.array([2.0, 2.0, 5.5])


def _integers(ask: Ask) -> str:
    outcome = ask(np.array([3]), np.array([1]))
    if outcome.error:
        return f"`{outcome.error}`"
    right = 2.0 if ask.traits.get("half") else 4.0
    return which(outcome, _scalar({"accepted": right}, ask))


def _half_overflow(ask: Ask) -> str:
    x = np.array([300.0], np.float16)
    outcome = ask(x, np.zeros_like(x))
    value = outcome.value.ravel()[0]
    return f"∞ in {outcome.dtype}" if np.isinf(value) else f"{value:.5g} in {outcome.dtype}"


def _floats(*arrays: Any) -> Callable[[str], Any]:
    def make(dtype: str) -> Any:
        return lambda ask: tuple(np.asarray(a, dtype) for a in arrays)

    return make


SQUARED: dict[str, Probe] = {
    "Arguments": arguments,
    "Factor": _factor,
    "Reduction of (n, d)": _reduction(lambda x, t: (x - t) ** 2),
    "Weights of examples": _weights(
        np.array([2.0, 1.0]), np.array([1.0, 4.0]), np.array([1.0, 9.0])
    ),
    "(n,) against (n, 1)": _column(*NUMBERS, lossref.squared_error),
    "Integers": _integers,
    "Result dtype": precision(_floats([0.5], [1.5])),
    "300² in float16": _half_overflow,
}


def _huber_default(ask: Ask) -> str:
    """Where the straight part begins, from a residual far out: the slope is the parameter."""
    name = ask.options["delta"]
    far = [ask(np.array([r]), np.array([0.0])) for r in (100.0, 101.0)]
    slope = which(
        Outcome(far[1].value - far[0].value, far[0].dtype), _scalar({"1": 1.0}, ask), 1e-4
    )
    return f"`{name}` = {slope}"


def _huber_shape(ask: Ask) -> str:
    """With the parameter at 2, near and far."""
    x, t = np.array([1.0, 5.0]), np.zeros(2)
    ours = lossref.huber(x, t, delta=2.0)
    found = ask(x, t, delta=2.0)
    each = ask.traits.get("each")
    return which(
        found,
        {
            f"[VAR.1][]{end}": (scale * ours if each else scale * ours.mean())
            for end, scale in {"": 1.0, " ÷ δ": 0.5, " · 2": 2.0}.items()
        },
    )


def _huber_weights(ask: Ask) -> str:
    return _weights(np.array([2.0, 5.0]), np.array([1.0, 2.0]), np.array([0.5, 2.5]))(ask)


HUBER: dict[str, Probe] = {
    "Arguments": arguments,
    "Parameter": _huber_default,
    "Value at δ": _huber_shape,
    "Reduction of (n, d)": _reduction(lossref.huber),
    "(n,) against (n, 1)": _column(*NUMBERS, lossref.huber),
    "Weights of examples": _huber_weights,
    "Result dtype": precision(_floats([0.5], [1.5])),
}


# --- one probability ------------------------------------------------------------------------------


def as_prediction(ask: Ask, p: Any) -> np.ndarray:
    """The probabilities p in the form that the call takes."""
    p = np.asarray(p, dtype=np.float64)
    if ask.traits["takes"] == "logits":
        return np.log(p) - np.log1p(-p)
    return p


def _binary_takes(ask: Ask) -> str:
    outcome = ask(np.array([0.3]), np.array([1.0]))
    return which(
        outcome,
        _scalar(
            {
                "probability": -np.log(0.3),
                "logit": np.log1p(np.exp(-0.3)),
                "[probability, squared]": 0.49,
            },
            ask,
        ),
    ).strip("[]")


def _binary_soft(ask: Ask) -> str:
    """Targets between 0 and 1, and beyond."""
    p = as_prediction(ask, [0.3])
    soft, beyond = ask(p, np.array([0.25])), ask(p, np.array([2.0]))
    text = "0, 1 only" if soft.error else "0 to 1"
    if not soft.error:
        which(soft, _scalar({"": lossref.binary_cross_entropy(0.3, 0.25)}, ask))
    if beyond.error:
        return f"{text}; 2: `{beyond.error}`"
    return f"{text}; 2: {shown(beyond)}"


def _binary_labels(ask: Ask) -> str:
    p = as_prediction(ask, [0.3])
    outcome = ask(p, np.array([1]))
    return f"`{outcome.error}`" if outcome.error else "accepted"


def _binary_reduction(ask: Ask) -> str:
    p = np.array([[0.2, 0.6, 0.7], [0.9, 0.5, 0.1]])
    y = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]])
    if ask.traits.get("vector"):
        p, y = p.ravel(), y.ravel()
    loss = lossref.squared_error if ask.traits.get("squared") else lossref.binary_cross_entropy
    each = loss(p, y)
    if ask.traits.get("vector"):
        return which(ask(p, y), {"mean over n": each.mean(), "sum over n": each.sum()})
    return which(
        ask(as_prediction(ask, p), y),
        {
            "mean over n·d": each.mean(),
            "sum over d, mean over n": each.sum(axis=1).mean(),
            "none: one per number": each,
            "mean over d: one per row": each.mean(axis=1),
        },
    )


def _unit(ask: Ask) -> str:
    """The loss of a probability of one half."""
    candidates = {"nat": np.log(2), "bit": 1.0, "dit": np.log10(2), NONE: 0.25}
    return which(ask(as_prediction(ask, [0.5]), np.array([1.0])), _scalar(candidates, ask))


def _pos_weight(ask: Ask) -> str:
    if "pos_weight" not in ask.options:
        return NONE
    p, y = np.array([0.2, 0.7]), np.array([1.0, 0.0])
    each = lossref.binary_cross_entropy(p, y) * [3.0, 1.0]
    found = ask(as_prediction(ask, p), y, pos_weight=np.array(3.0))
    return f"{_option(ask, 'pos_weight')}, ÷ " + which(
        found, {"n": each.mean(), "sum of the weights": each.sum() / 4.0}
    )


def _binary_smoothing(ask: Ask) -> str:
    if "smoothing" not in ask.options:
        return NONE
    found = ask(as_prediction(ask, [0.3]), np.array([1.0]), smoothing=0.2)
    name = which(
        found,
        {
            "(1 − ε) y + ε / 2": lossref.binary_cross_entropy(0.3, 0.9),
            "(1 − ε) y": lossref.binary_cross_entropy(0.3, 0.8),
        },
    )
    return f"{_option(ask, 'smoothing')}: {name}"


def _edge(p: float, y: float) -> Probe:
    """A probability of 0 or 1."""

    def probe(ask: Ask) -> str:
        if ask.traits["takes"] == "logits":
            return NONE
        return _with_reason(ask(np.array([p]), np.array([y])))

    return probe


def _with_reason(outcome: Outcome) -> str:
    """A number where a clip explains it: -log eps or -log(1 - (1 - eps)) of the data type."""
    text = shown(outcome)
    if outcome.error or not np.isfinite(outcome.value).all() or outcome.number < 1:
        return text
    value = outcome.number
    real = np.float32 if outcome.dtype == "float32" else np.float64
    tiny = float(np.finfo(real).eps)
    reasons = {
        "log cut at −100": 100.0,
        "clipped at 10⁻⁷": -np.log(1e-7),
        "clipped at 1 − 10⁻⁷": -np.log(np.float64(1 - real(1 - real(1e-7)))),
        "clipped at the machine epsilon": -np.log(tiny),
        "clipped at 10⁻¹⁵": -np.log(1e-15),
        "exact": 1000.0,
    }
    fits = [name for name, at in reasons.items() if np.isclose(value, at, rtol=2e-5)]
    if outcome.dtype == "float32":
        fits = [name for name in fits if name != "clipped at the machine epsilon"] or fits
    return f"{text}, {fits[0]}" if fits else text


def _extreme(z: float, y: float) -> Probe:
    """A logit far out."""

    def probe(ask: Ask) -> str:
        if ask.traits["takes"] != "logits":
            return NONE
        return _with_reason(ask(np.array([z]), np.array([y])))

    return probe


def _binary_inputs(dtype: str) -> Any:
    return lambda ask: (np.array([0.25], dtype), np.array([1.0], dtype))


def _binary_weights(ask: Ask) -> str:
    p, y = np.array([0.2, 0.7]), np.array([1.0, 0.0])
    losses = (lossref.squared_error if ask.traits.get("squared") else lossref.binary_cross_entropy)(
        p, y
    )
    return _weights(as_prediction(ask, p), y, losses)(ask)


LABELED = np.array([0.2, 0.6, 0.9]), np.array([0.0, 1.0, 1.0])


def _binary_column(ask: Ask) -> str:
    loss = lossref.squared_error if ask.traits.get("squared") else lossref.binary_cross_entropy
    return _column(*LABELED, loss, as_prediction)(ask)


BINARY: dict[str, Probe] = {
    "Takes": _binary_takes,
    "Arguments": arguments,
    "Targets": _binary_soft,
    "Integer targets": _binary_labels,
    "(n,) against (n, 1)": _binary_column,
    "Reduction of (n, d)": _binary_reduction,
    "Unit": _unit,
    "Weights of examples": _binary_weights,
    "Weight of positives": _pos_weight,
    "Label smoothing": _binary_smoothing,
    "p = 0, y = 1": _edge(0.0, 1.0),
    "p = 1, y = 0": _edge(1.0, 0.0),
    "p = 1, y = 1": _edge(1.0, 1.0),
    "z = −1000, y = 1": _extreme(-1000.0, 1.0),
    "z = −∞, y = 1": _extreme(-np.inf, 1.0),
    "z = ∞, y = 1": _extreme(np.inf, 1.0),
    "Result dtype": precision(_binary_inputs),
}


# --- classes --------------------------------------------------------------------------------------

P = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])


def form(ask: Ask, p: Any) -> np.ndarray:
    """Class probabilities in the form that the call takes."""
    p = np.asarray(p, dtype=np.float64)
    if ask.traits["takes"] == "probabilities":
        return p
    with np.errstate(divide="ignore"):
        return np.log(p)


def target(ask: Ask, c: Any, classes: int = 3) -> np.ndarray:
    """Class indices in the form that the call takes."""
    c = np.asarray(c)
    return c if ask.traits["targets"] == "index" else np.eye(classes)[c]


def _class_takes(ask: Ask) -> str:
    """From numbers that could be anything, and from the same numbers times two."""
    x = np.array([[0.2, 0.3, 0.5]])
    t = target(ask, [2])
    brier = lossref.brier_score(x, [2])[0]
    name = which(
        ask(x, t),
        _scalar(
            {
                "probabilities": -np.log(0.5),
                "logits": lossref.softmax_cross_entropy(x, [2])[0],
                "log-probabilities": -0.5,
                "[probabilities], squared": brier,
            },
            ask,
        ),
    )
    name = name.replace("[", "").replace("], squared", "")
    if name != "probabilities":
        return name
    double = ask(2 * x, t)
    if double.error:
        return f"{name}; not summing to 1: `{double.error}`"
    squared = ((2 * x - np.eye(3)[2]) ** 2).sum()
    rescaled = which(
        double, {"rescaled": -np.log(0.5), "not rescaled": 0.0, " not rescaled": squared}
    )
    return f"{name}, {rescaled.strip()}" + (" (warns)" if double.warns else "")


def _class_targets(ask: Ask) -> str:
    """Which forms give the right number."""
    x, c, q = form(ask, P), np.array([2, 1]), np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5]])
    forms = {
        "index": (c, lossref.categorical_cross_entropy(P, c)),
        "one-hot": (np.eye(3)[c], lossref.categorical_cross_entropy(P, c)),
        "distribution": (q, lossref.categorical_cross_entropy(P, q)),
    }
    if ask.traits.get("squared"):
        forms = {name: (t, lossref.brier_score(P, t)) for name, (t, _) in forms.items()}
    taken = []
    for name, (t, losses) in forms.items():
        outcome = ask(x, t)
        right = losses if ask.traits.get("each") else losses.mean()
        if not outcome.error and same(outcome.value, right, PRECISION[outcome.dtype]):
            taken.append(name)
    if not taken:
        raise UnexplainedError("no form of the target works")
    return ", ".join(taken)


def _class_reduction(ask: Ask) -> str:
    t = target(ask, [2, 1])
    loss = lossref.brier_score if ask.traits.get("squared") else lossref.categorical_cross_entropy
    each = loss(P, np.array([2, 1]))
    return which(
        ask(form(ask, P), t),
        {
            "mean over n": each.mean(),
            "sum over n": each.sum(),
            "mean over n·K": each.mean() / 3,
            "none: one per row": each,
        },
    )


def _class_axis(ask: Ask) -> str:
    """Of three axes, which one the classes are on."""
    rng = np.random.default_rng(3)
    p = rng.dirichlet(np.ones(3), (2, 3))  # (2, 3, 3): the shape fits both readings
    c = np.array([[0, 2, 1], [1, 1, 0]])
    outcome = ask(form(ask, p), target(ask, c))
    if outcome.error:
        return f"(n, K) only: `{outcome.error}`"
    t = np.eye(3)[c]
    reduce = (lambda v: v) if ask.traits.get("each") else np.mean
    moved = np.moveaxis(p, 1, -1)
    by_axis_1 = np.moveaxis(t, 1, -1) if ask.traits["targets"] == "soft" else t
    # whether logs are taken of what sums to one along axis 1 is another question
    as_is, rescaled = (
        -(by_axis_1 * np.log(q)).sum(-1) for q in (moved, moved / moved.sum(-1, keepdims=True))
    )
    by_last = reduce(-np.log((p * t).sum(-1)))
    candidates = {"the last": by_last, "axis 1 of (n, K, …)": reduce(rescaled)}
    if ask.traits["targets"] == "index":
        candidates["axis 1 of (n, K, …) "] = reduce(as_is)
    return which(outcome, candidates).strip()


def _class_unit(ask: Ask) -> str:
    p = np.full((1, 3), 1 / 3)
    candidates = {"nat": np.log(3), "bit": np.log2(3), "dit": np.log10(3), NONE: 2 / 3}
    return which(ask(form(ask, p), target(ask, [0])), _scalar(candidates, ask))


def _class_weights(ask: Ask) -> str:
    if "class_weights" not in ask.options:
        return NONE
    w, c = np.array([1.0, 2.0, 6.0]), np.array([2, 1])
    losses = lossref.categorical_cross_entropy(P, c) * w[c]
    found = ask(form(ask, P), target(ask, c), class_weights=w)
    return f"{_option(ask, 'class_weights')}, ÷ " + which(
        found, {"n": losses.mean(), "sum of the target weights": losses.sum() / w[c].sum()}
    )


def _ignore(ask: Ask) -> str:
    """A row left out: what it is divided by, and what is left when all rows are."""
    if "ignore" not in ask.options:
        return NONE
    c = np.array([2, 1])
    losses = lossref.categorical_cross_entropy(P, c)
    found = ask(form(ask, P), np.array([2, 0]), ignore=0)
    name = which(found, {"kept rows": losses[0], "n": losses[0] / 2})
    nothing = ask(form(ask, P), np.array([0, 0]), ignore=0)
    return f"{_option(ask, 'ignore')}, ÷ {name}; all left out: {shown(nothing)}"


def _class_smoothing(ask: Ask) -> str:
    if "smoothing" not in ask.options:
        return NONE
    c, epsilon = np.array([2, 1]), 0.3
    found = ask(form(ask, P), target(ask, c), smoothing=epsilon)
    others = lossref.smooth_labels(c, 3, epsilon * 3 / 2)
    name = which(
        found,
        {
            "ε / K to each": lossref.categorical_cross_entropy(
                P, lossref.smooth_labels(c, 3, epsilon)
            ).mean(),
            "ε / (K − 1) to the others": lossref.categorical_cross_entropy(P, others).mean(),
        },
    )
    return f"{_option(ask, 'smoothing')}: {name}"


def _smoothing_and_weights(ask: Ask) -> str:
    """Whether the class weights also multiply what smoothing gave to the other classes."""
    if not {"smoothing", "class_weights"} <= ask.options.keys():
        return NONE
    c, epsilon, w = np.array([2, 1]), 0.3, np.array([1.0, 2.0, 6.0])
    t = lossref.smooth_labels(c, 3, epsilon)
    each = lossref.categorical_cross_entropy(P, t, class_weights=w)
    plain = lossref.categorical_cross_entropy(P, t) * w[c]
    return which(
        ask(form(ask, P), target(ask, c), smoothing=epsilon, class_weights=w),
        {
            "[SCE.8][] of smoothed targets, ÷ sum of the target weights": each.sum() / w[c].sum(),
            "[SCE.8][] of smoothed targets, ÷ n": each.mean(),
            "weight of the target only, ÷ its sum": plain.sum() / w[c].sum(),
        },
    )


def _class_weights_of_rows(ask: Ask) -> str:
    if "weights" not in ask.options:
        return NONE
    c = np.array([2, 1])
    loss = lossref.brier_score if ask.traits.get("squared") else lossref.categorical_cross_entropy
    return _weights(form(ask, P), target(ask, c), loss(P, c))(ask)


def _class_zero(ask: Ask) -> str:
    """The right class has probability 0."""
    x = form(ask, [[0.0, 0.5, 0.5]])
    return _with_reason(ask(x, target(ask, [0])))


def _class_far(ask: Ask) -> str:
    if ask.traits["takes"] != "logits":
        return NONE
    return _with_reason(ask(np.array([[-1000.0, 0.0, -1000.0]]), target(ask, [0])))


def _class_masked(ask: Ask) -> str:
    """Another class has probability 0, its logit is -inf, its target is 0."""
    outcome = ask(form(ask, [[0.5, 0.5, 0.0]]), target(ask, [0]))
    if np.isnan(outcome.value).any():
        return "nan"
    return which(outcome, _scalar({"right": np.log(2), "[right]": 0.5}, ask), 1e-5).strip("[]")


def _label(c: int) -> Probe:
    def probe(ask: Ask) -> str:
        if ask.traits["targets"] != "index":
            return NONE
        return shown(ask(form(ask, P)[:1], np.array([c])))

    return probe


def _class_inputs(dtype: str) -> Any:
    def make(ask: Ask) -> Any:
        t = target(ask, [0])
        x = form(ask, [[0.25, 0.25, 0.5]]).astype(dtype)
        return x, (t if t.dtype.kind == "i" else t.astype(dtype))

    return make


CLASSES: dict[str, Probe] = {
    "Takes": _class_takes,
    "Arguments": arguments,
    "Targets": _class_targets,
    "Class axis": _class_axis,
    "Reduction of (n, K)": _class_reduction,
    "Unit": _class_unit,
    "Class weights": _class_weights,
    "Weights of examples": _class_weights_of_rows,
    "Ignored label": _ignore,
    "Label smoothing": _class_smoothing,
    "Smoothing and class weights": _smoothing_and_weights,
    "Right class impossible": _class_zero,
    "Its logit 1000 below": _class_far,
    "Wrong class impossible": _class_masked,
    "Label K": _label(3),
    "Label −1": _label(-1),
    "Result dtype": precision(_class_inputs),
}


# --- divergence -----------------------------------------------------------------------------------

Q = np.array([[0.5, 0.25, 0.25], [0.1, 0.6, 0.3]])


def _kl_takes(ask: Ask) -> str:
    p, q = Q[:1], P[:1]
    terms = p * np.log(p / q)
    extra = terms - p + q
    exchanged = q * np.log(q / p)
    x = np.log(q) if ask.traits["takes"] == "log-probabilities" else q
    found = ask(x.T, p.T) if ask.traits.get("axis0") else ask(x, p)
    total = found.value.sum() if ask.traits.get("terms") else found.value.ravel()[0]
    scale = 3.0 if ask.traits.get("elements") else 1.0
    name = which(
        Outcome(np.asarray(total * scale), found.dtype),
        {"right": terms.sum(), "exchanged": exchanged.sum()},
        1e-5,
    )
    if name != "right":
        raise UnexplainedError("the arguments are exchanged")
    if ask.traits.get("terms"):
        return "probabilities: " + which(
            found, {"p log(p / q) each": terms, "p log(p / q) − p + q each": extra}
        )
    return ask.traits["takes"]


def _kl_reduction(ask: Ask) -> str:
    x = np.log(P) if ask.traits["takes"] == "log-probabilities" else P
    each = lossref.kl_divergence(Q, P)
    found = ask(x, Q)
    if ask.traits.get("terms"):
        return "none: one per term" if found.value.shape == Q.shape else "?"
    terms = Q * np.log(Q / P)
    name = which(
        found,
        {
            "mean over n·K": each.mean() / 3,
            "mean over n": each.mean(),
            "none: one per row": each,
            "sums axis 0: one per column": terms.sum(axis=0),
            "axis 0, normalized: one per column": lossref.kl_divergence(
                (Q / Q.sum(0)).T, (P / P.sum(0)).T
            ),
        },
    )
    return name + (", and warns" if found.warns else "")


def _kl_sum(ask: Ask) -> str:
    """Arguments that do not sum to one."""
    p, q = 2 * Q[:1], P[:1]
    if ask.traits.get("axis0"):
        p, q = p.T, q.T
    found = ask(np.log(q) if ask.traits["takes"] == "log-probabilities" else q, p)
    scale = 3.0 if ask.traits.get("elements") else 1.0
    total = found.value.sum() * scale
    return which(
        Outcome(np.asarray(total), found.dtype),
        {
            "taken as they are": (p * np.log(p / q)).sum(),
            "normalized": lossref.kl_divergence(Q, P)[0],
            "corrected by − p + q": (p * np.log(p / q) - p + q).sum(),
        },
        1e-5,
    )


def _kl_edge(p: list[float], q: list[float]) -> Probe:
    def probe(ask: Ask) -> str:
        x, t = np.array([q]), np.array([p])
        if ask.traits.get("axis0"):
            x, t = x.T, t.T
        if ask.traits["takes"] == "log-probabilities":
            with np.errstate(divide="ignore"):
                x = np.log(x)
        found = ask(x, t)
        scale = 2.0 if ask.traits.get("elements") else 1.0
        return _with_reason(
            Outcome(np.asarray(found.value.sum() * scale), found.dtype, found.error)
        )

    return probe


def _kl_inputs(dtype: str) -> Any:
    def make(ask: Ask) -> Any:
        x = np.log(P) if ask.traits["takes"] == "log-probabilities" else P
        return x.astype(dtype), Q.astype(dtype)

    return make


DIVERGENCE: dict[str, Probe] = {
    "Takes": _kl_takes,
    "Arguments": arguments,
    "Reduction of (n, K)": _kl_reduction,
    "p sums to 2": _kl_sum,
    "p = (0, 1), q = (½, ½)": _kl_edge([0.0, 1.0], [0.5, 0.5]),
    "p = (1, 0), q = (0, 1)": _kl_edge([1.0, 0.0], [0.0, 1.0]),
    "p = q = (0, 1)": _kl_edge([0.0, 1.0], [0.0, 1.0]),
    "Result dtype": precision(_kl_inputs),
}


# --- focal ----------------------------------------------------------------------------------------


def _focal(p: float, y: float, gamma: float, alpha: float | None) -> float:
    right = p if y else 1 - p
    weight = 1.0 if alpha is None else (alpha if y else 1 - alpha)
    return -weight * (1 - right) ** gamma * float(np.log(right))


def _focal_ask(ask: Ask, p: float, y: float, **options: Any) -> Outcome:
    if ask.traits.get("classes"):
        t = np.array([[1 - y, y]])
        x = np.array([[1 - p, p]])
        return ask(x if ask.traits["takes"] == "probabilities" else np.log(x), t, **options)
    return ask(as_prediction(ask, [p]), np.array([y]), **options)


def _focal_alpha(ask: Ask) -> str:
    """The default, on both labels."""
    found = {y: _focal_ask(ask, 0.3, y) for y in (1.0, 0.0)}
    return which(
        Outcome(
            np.array([found[1.0].value.ravel()[0], found[0.0].value.ravel()[0]]), found[1.0].dtype
        ),
        {
            f"γ = {g:g}, " + text: [w1 * _focal(0.3, 1, g, None), w0 * _focal(0.3, 0, g, None)]
            for g in (1.0, 2.0)
            for text, (w1, w0) in {
                "no α": (1.0, 1.0),
                "α = ¼ of label 1, ¾ of label 0": (0.25, 0.75),
                "α = ¾ of label 1, ¼ of label 0": (0.75, 0.25),
                "α = ¼ of every class": (0.25, 0.25),
            }.items()
        },
        1e-5,
    )


def _focal_takes(ask: Ask) -> str:
    """At gamma = 0 it is cross-entropy, of the one or the other."""
    x = np.array([[0.1, 0.3]]) if ask.traits.get("classes") else np.array([0.3])
    t = np.array([[0.0, 1.0]]) if ask.traits.get("classes") else np.array([1.0])
    factor = 0.25 if ask.traits.get("alpha always") else 1.0
    p = x[0] / x.sum() if ask.traits.get("classes") else np.array([0.0, 0.3])
    logits = (
        lossref.softmax_cross_entropy(x, t)[0]
        if ask.traits.get("classes")
        else np.log1p(np.exp(-0.3))
    )
    return which(
        ask(x, t, gamma=0.0),
        _scalar({"probabilities": -factor * np.log(p[1]), "logits": factor * logits}, ask),
    )


def _focal_balanced(ask: Ask) -> str:
    found = [
        _focal_ask(ask, 0.3, y, gamma=0.0, alpha=0.25, **ask.traits.get("balanced", {}))
        for y in (1.0, 0.0)
    ]
    return which(
        Outcome(np.array([f.value.ravel()[0] for f in found]), found[0].dtype),
        {
            "α on label 1, 1 − α on label 0": [_focal(0.3, 1, 0, 0.25), _focal(0.3, 0, 0, 0.25)],
            "1 − α on label 1, α on label 0": [_focal(0.3, 1, 0, 0.75), _focal(0.3, 0, 0, 0.75)],
            "α on every class": [0.25 * _focal(0.3, 1, 0, None), 0.25 * _focal(0.3, 0, 0, None)],
        },
        1e-5,
    )


def _focal_reduction(ask: Ask) -> str:
    p = np.array([[0.2, 0.8], [0.6, 0.4]])
    y = np.array([[0.0, 1.0], [1.0, 0.0]])
    x = (
        p
        if ask.traits["takes"] == "probabilities"
        else (np.log(p) if ask.traits.get("classes") else as_prediction(ask, p))
    )
    found = ask(x, y, gamma=0.0)
    factor = 0.25 if ask.traits.get("alpha always") else 1.0
    each = factor * lossref.binary_cross_entropy(p, y)
    rows = -factor * (y * np.log(p)).sum(axis=1)
    candidates = {"none: one per number": each, "mean over n·d": each.mean()}
    if ask.traits.get("classes"):
        candidates = {"mean over n": rows.mean(), "none: one per row": rows}
    return which(found, candidates)


def _focal_column(ask: Ask) -> str:
    """At gamma = 0, where it is cross-entropy."""
    if ask.traits.get("classes"):
        return NONE
    return _column(*LABELED, lossref.binary_cross_entropy, as_prediction, gamma=0.0)(ask)


FOCAL: dict[str, Probe] = {
    "Takes": _focal_takes,
    "Arguments": arguments,
    "Default": _focal_alpha,
    "α where set": _focal_balanced,
    "Reduction": _focal_reduction,
    "(n,) against (n, 1)": _focal_column,
    "Result dtype": precision(
        lambda dtype: (
            lambda ask: (
                (np.array([[0.25, 0.75]], dtype), np.array([[0.0, 1.0]], dtype))
                if ask.traits.get("classes")
                else (np.array([0.25], dtype), np.array([1.0], dtype))
            )
        )
    ),
}


# --- what a training objective does ---------------------------------------------------------------
# slopes(raw, target) returns gradient and curvature as the learner uses them, one column a row

RAW = [[-1.0, 1.0], [0.5, 0.0]]  # raw score and target of two examples


def _slopes(ask: Ask) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Raw score, target, gradient, curvature (nan where it is not used)."""
    raw, y = np.array([r for r, _ in RAW]), np.array([t for _, t in RAW])
    if ask.traits.get("classes"):
        raw, y = (
            np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]]),
            np.array([2, 0, 1]),
        )
    if ask.traits.get("starts at the best constant"):
        raw, y = ask("start").value, ask("targets").value
    found = ask("slopes", raw, y)
    return raw, y, found.value[0], found.value[1]


def _raw(ask: Ask) -> str:
    return _gradient(ask).split("; ")[0]


def _gradient(ask: Ask) -> str:
    raw, y, g, _ = _slopes(ask)
    if ask.traits.get("classes"):
        p, t = lossref.softmax(raw), np.eye(3)[y.astype(int)]
        names = {
            "logits; p − t, of [SCE.4][]": p - t,
            "logits; 2J(p − t), of [SE.10][]": np.nan * p,
        }
    else:
        p = lossref.sigmoid(raw)
        names = {
            "logit; p − y, of [BCE.4][]": p - y,
            "the value; ŷ − y, of half of [SE.1][]": raw - y,
            "the value; 2(ŷ − y), of [SE.1][]": 2 * (raw - y),
        }
    return which(Outcome(g, "float32"), names, 1e-4)


def _curvature(ask: Ask) -> str:
    raw, _, g, h = _slopes(ask)
    if np.isnan(h).all():
        return "not used"
    p = lossref.softmax(raw) if ask.traits.get("classes") else lossref.sigmoid(raw)
    names = {
        "p(1 − p)": p * (1 - p),
        "2p(1 − p)": 2 * p * (1 - p),
        "1": np.ones_like(g),
        "2": 2 * np.ones_like(g),
    }
    if ask.traits.get("classes"):
        names["p(1 − p) · K / (K − 1)"] = 1.5 * p * (1 - p)
    return which(Outcome(h, "float32"), names, 1e-4)


def _gradient_name(ask: Ask) -> str:
    return _gradient(ask).split("; ")[1]


def _start(ask: Ask) -> str:
    """The raw score before the first tree, on targets 0, 0, 0, 1 (or three classes)."""
    found = ask("start")
    if ask.traits.get("classes"):
        share = np.array([0.25, 0.25, 0.5])  # targets 0, 1, 2, 2
        centered = np.log(share) - np.log(share).mean()
        name_by = {"log of the shares": np.log(share), "log of the shares, centered": centered,
                   "0": np.zeros(3), "½": np.full(3, 0.5)}  # fmt: skip
        return which(Outcome(found.value[0], found.dtype), name_by, 1e-4)
    mean = 0.25
    names = {
        "0": 0.0,
        "mean of y": mean,
        "log-odds of the mean": np.log(mean / (1 - mean)),
        "½": 0.5,
    }
    return which(Outcome(found.value[0], found.dtype), names, 1e-4)


def _start_on_kept(ask: Ask) -> str:
    if ask.traits.get("no start"):
        return NONE
    return _start(ask)


def _positives(ask: Ask) -> str:
    """Gradients with the weight of positives set to 3."""
    if "pos_weight" not in ask.options:
        return NONE
    raw, y = np.array([r for r, _ in RAW]), np.array([t for _, t in RAW])
    found = ask("slopes", raw, y, pos_weight=3.0)
    g = lossref.sigmoid_cross_entropy_grad(raw, y)
    h = lossref.sigmoid_cross_entropy_hess(raw, y)
    w = np.where(y == 1, 3.0, 1.0)
    name = which(
        Outcome(found.value, "float32"),
        {
            "gradient and curvature times it": np.array([w * g, w * h]),
            "gradient times it": np.array([w * g, h]),
        },
        1e-4,
    )
    return f"{_option(ask, 'pos_weight')}: {name}"


def _metric(ask: Ask) -> str:
    """What it reports of the residuals 2 and 0, or of certain mistakes."""
    if ask.traits.get("no metric"):
        return NONE
    if ask.traits.get("squares"):
        name = which(
            Outcome(ask("metric").value, "float32"),
            {"root of the mean square": 2**0.5, "mean square": 2.0},
        )
        return f"`{ask.traits['metric']}`: {name}"
    return f"`{ask.traits['metric']}`: {_clip_of(ask('metric'))}"


def _clip_of(outcome: Outcome) -> str:
    value = outcome.number
    for name, at in {
        "clipped at 10⁻¹⁵": -np.log(1e-15), "clipped at 10⁻¹⁶": -np.log(1e-16),
        "clipped at 10⁻⁷": -np.log(1e-7), "not clipped": 1000.0,
    }.items():  # fmt: skip
        if np.isclose(value, at, rtol=1e-3):
            return f"{shown(outcome)}, {name}"
    return shown(outcome)


OBJECTIVES: dict[str, Probe] = {
    "Raw score": _raw,
    "Gradient": _gradient_name,
    "Curvature": _curvature,
    "First score": _start_on_kept,
    "Weight of positives": _positives,
    "Metric": _metric,
}


def _stationary(ask: Ask) -> str:
    """Which objective has its minimum where the fit stopped: a slope of zero decides."""
    data = fit_data(ask.traits["task"])
    w = ask("fit", strength=2.0).value
    return which_minimum(w, data, ask.traits["task"], 2.0, np.ones(len(data[0])))


def fit_data(task: str) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(8)
    x = rng.normal(size=(12, 2))
    if task == "classes":
        return x, np.array([0, 1, 2] * 4)
    if task == "value":
        return x, x @ [1.0, -2.0] + rng.normal(size=12)
    return x, np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0])


def which_minimum(w: np.ndarray, data: Any, task: str, strength: float, weights: np.ndarray) -> str:
    x, y = data
    if task == "classes":
        slope = lossref.softmax_cross_entropy_grad(x @ w.T, y).T
    elif task == "value":
        slope = lossref.squared_error_grad(x @ w, y) / 2
    else:
        slope = lossref.sigmoid_cross_entropy_grad(x @ w, y.astype(float))
    total, n, c = (weights * slope) @ x, weights.sum(), strength
    slopes = {
        "C Σ ℓ + ½‖w‖²": c * total + w,
        "C/n Σ ℓ + ½‖w‖²": c * total / n + w,
    }
    if task == "value":  # the half of the penalty goes with the half of the loss
        slopes = {
            "Σ (ŷ − y)² + α‖w‖²": total + c * w,
            "1/n Σ (ŷ − y)² + α‖w‖²": total / n + c * w,
        }
    fits = [name for name, g in slopes.items() if np.abs(g).max() < 1e-5]
    if len(fits) != 1:
        raise UnexplainedError(f"slopes {slopes}")
    return fits[0]


def _fit_class_weights(ask: Ask) -> str:
    """Weights 1 and 3: do they change the sum, or is it divided by them?"""
    if "class_weights" not in ask.options:
        return NONE
    data = fit_data(ask.traits["task"])
    w = ask("fit", strength=2.0, class_weights={0: 1.0, 1: 3.0}).value
    weights = np.where(data[1] == 1, 3.0, 1.0)
    name = which_minimum(w, data, ask.traits["task"], 2.0, weights)
    return f"{_option(ask, 'class_weights')}, in the sum" if "/n" not in name else name


def _fit_weights(ask: Ask) -> str:
    data = fit_data(ask.traits["task"])
    weights = np.linspace(0.5, 2.0, len(data[0]))
    w = ask("fit", strength=2.0, weights=weights).value
    name = which_minimum(w, data, ask.traits["task"], 2.0, weights)
    return f"{_option(ask, 'weights')}, in the sum" if "/n" not in name else name


LINEAR: dict[str, Probe] = {
    "Minimizes": _stationary,
    "Class weights": _fit_class_weights,
    "Weights of examples": _fit_weights,
}


# --- functions without a reduction ----------------------------------------------------------------


def _at(*values: float) -> Probe:
    def probe(ask: Ask) -> str:
        if ask.traits["arguments"] != len(values):
            return NONE
        return shown(ask(*(np.array(v) for v in values)))

    return probe


def _row_at(*row: float) -> Probe:
    """Functions of a row of logits: their first entry."""

    def probe(ask: Ask) -> str:
        found = ask(np.array(row))
        return shown(Outcome(np.asarray(found.value.ravel()[0]), found.dtype, found.error))

    return probe


def _default_axis(ask: Ask) -> str:
    z = np.array([[0.5, -1.0, 0.25], [2.0, 0.0, 1.0]])
    ours = {
        "softmax": lossref.softmax,
        "log_softmax": lossref.log_softmax,
        "logsumexp": lossref.logsumexp,
    }
    f = ours[ask.traits["is"]]
    whole = np.asarray(f(z.ravel()))
    return which(
        ask(z),
        {
            "the whole array": whole.reshape(z.shape) if whole.size > 1 else whole,
            "the last": f(z),
            "the first": np.asarray(f(z.T)).T,
        },
    )


ROWS: dict[str, Probe] = {
    "Axis, if not given": _default_axis,
    "(0, 1000)": _row_at(0.0, 1000.0),
    "(1000, 0)": _row_at(1000.0, 0.0),
    "(0, −∞)": _row_at(0.0, -np.inf),
    "(−∞, −∞)": _row_at(-np.inf, -np.inf),
    "Result dtype": precision(lambda dtype: lambda ask: (np.array([0.5, 1.0], dtype),)),
}
ONE: dict[str, Probe] = {
    "at −1000": _at(-1000.0),
    "at −40": _at(-40.0),
    "at 40": _at(40.0),
    "at 1000": _at(1000.0),
    "Result dtype": precision(lambda dtype: lambda ask: (np.array(0.5, dtype),)),
}
TWO: dict[str, Probe] = {
    "(0, 0)": _at(0.0, 0.0),
    "(0, ½)": _at(0.0, 0.5),
    "(½, 0)": _at(0.5, 0.0),
    "(½, ¼)": _at(0.5, 0.25),
    "(−½, ½)": _at(-0.5, 0.5),
    "(0, ∞)": _at(0.0, np.inf),
    "Result dtype": precision(
        lambda dtype: lambda ask: (np.array(0.5, dtype), np.array(0.25, dtype))
    ),
}

FAMILIES: dict[str, dict[str, Probe]] = {
    "squared": SQUARED,
    "huber": HUBER,
    "binary": BINARY,
    "classes": CLASSES,
    "divergence": DIVERGENCE,
    "focal": FOCAL,
    "linear": LINEAR,
    "objectives": OBJECTIVES,
    "rows": ROWS,
    "one": ONE,
    "two": TWO,
}


# --- measuring, and reading a record --------------------------------------------------------------


def measure(calls: Any, backend: str = "") -> list[dict[str, Any]]:
    """Cells of each call, with what was asked for them."""
    found = []
    for call in calls:
        cells = {}
        for column, probe in FAMILIES[call.family].items():
            ask = Live(call.options, call.parameters, call.traits, run=call.run)
            try:
                text = probe(ask)
            except Exception as error:
                error.add_note(f"{call.framework} {backend} {call.name}: {column}")
                raise
            cells[column] = {"cell": text, "asked": ask.log}
        found.append(
            {
                "framework": call.framework,
                "backend": backend,
                "name": call.name,
                "family": call.family,
                "options": dict(call.options),
                "parameters": call.parameters,
                "unknown": sorted(call.unknown()),
                "traits": {
                    k: sorted(v) if isinstance(v, set) else v for k, v in call.traits.items()
                },
                "cells": cells,
            }
        )
    return found


def replay(kept: Mapping[str, Any], column: str) -> str:
    """The text of a cell, from what was asked when it was recorded."""
    asked = kept["cells"][column]["asked"]
    ask = Replay(kept["options"], kept["parameters"], kept["traits"], log=asked)
    text = FAMILIES[kept["family"]][column](ask)
    if ask.used != len(asked):
        raise UnexplainedError(f"{ask.used} of {len(asked)} answers were used")
    return text


def title(kept: Mapping[str, Any]) -> str:
    """Names one call of the record."""
    backend = f" ({kept['backend']})" if kept["backend"] else ""
    return f"{kept['framework']}{backend} {kept['name']} [{kept['family']}]"
