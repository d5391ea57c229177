"""Calls of other libraries, and the line of lossref that gives the same number.

The arrays have one letter each, here and on the page.
"""

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

import lossref

INPUTS: dict[str, np.ndarray] = {
    "a": np.array([2.5, 0.0, 2.0, 7.5]),
    "y": np.array([3.0, -0.5, 2.0, 4.0]),
    "z": np.array([-1.5, 0.25, 3.0, 0.5]),
    "p": np.array([0.1, 0.6, 0.95, 0.3]),
    "b": np.array([0.0, 1.0, 1.0, 0.0]),
    "s": np.array([0.2, 0.9, 1.0, 0.0]),
    "v": np.array([1.0, 3.0, 0.5, 2.0]),
    "Z": np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0], [0.0, 1.0, -0.5]]),
    "P": np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.25, 0.5, 0.25], [0.1, 0.1, 0.8]]),
    "c": np.array([2, 0, 1, 1]),
    "k": np.array([2, -100, 1, 1]),
    "T": np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [0.1, 0.2, 0.7]]),
    "w": np.array([1.0, 2.0, 6.0]),
}


@dataclass(frozen=True)
class Equal:
    """Two expressions of the inputs. The precision is that of the other library."""

    framework: str
    family: str
    theirs: str
    ours: str
    precision: float = 1e-12

    @property
    def shown(self) -> str:
        """The call for the page: slopes of a learner are named, they have no call."""
        learner = re.match(r"(\w+)\('[^']+', '([^']+)', ", self.theirs)
        return f"{learner[1]} of {learner[2]}" if learner else self.theirs


def _all() -> list[Equal]:
    mse, huber = "lossref.mean_squared_error(a, y)", "lossref.huber(a, y, delta=0.5)"
    from_p, from_z = "lossref.binary_cross_entropy(p, s)", "lossref.sigmoid_cross_entropy(z, s)"
    hard_p = "lossref.binary_cross_entropy(p, b)"
    weighted = "lossref.softmax_cross_entropy(Z, T, class_weights=w)"
    value = "lossref.softmax_cross_entropy_value_and_grad"
    smooth = "lossref.smooth_labels"
    soft = "lossref.softmax_cross_entropy"
    hess = "lossref.softmax_cross_entropy_hess(Z[:3], c[:3])"
    own_curvature = f"{hess}.diagonal(axis1=1, axis2=2)"
    rows: dict[str, dict[str, list[tuple[str, str]]]] = {
        "PyTorch": {
            "squared": [
                ("F.mse_loss(a, y)", mse),
                ("F.mse_loss(a, y, reduction='sum')", "lossref.squared_error(a, y).sum()"),
                (
                    "F.mse_loss(a, y, weight=v)",
                    "lossref.weighted_mean(lossref.squared_error(a, y), v)",
                ),
            ],
            "huber": [
                ("F.huber_loss(a, y, delta=0.5)", f"{huber}.mean()"),
                ("F.smooth_l1_loss(a, y, beta=0.5)", f"{huber}.mean() / 0.5"),
                ("F.huber_loss(a, y, delta=0.5, weight=v)", f"(v * {huber}).mean()"),
            ],
            "binary": [
                ("F.binary_cross_entropy(p, s)", f"{from_p}.mean()"),
                ("F.binary_cross_entropy(p, s, weight=v)", f"(v * {from_p}).mean()"),
                ("F.binary_cross_entropy_with_logits(z, s)", f"{from_z}.mean()"),
                (
                    "F.binary_cross_entropy_with_logits(z, s, pos_weight=torch.tensor(3.0))",
                    "lossref.sigmoid_cross_entropy(z, s, pos_weight=3.0).mean()",
                ),
            ],
            "classes": [
                ("F.cross_entropy(Z, c)", "lossref.softmax_cross_entropy(Z, c).mean()"),
                ("F.cross_entropy(Z, c, weight=w)", f"{value}(Z, c, class_weights=w)[0]"),
                ("F.cross_entropy(Z, k)", f"{value}(Z, k, where=k != -100)[0]"),
                (
                    "F.cross_entropy(Z, c, label_smoothing=0.1)",
                    f"lossref.softmax_cross_entropy(Z, {smooth}(c, 3, 0.1)).mean()",
                ),
                (
                    "F.cross_entropy(Z, c, weight=w, label_smoothing=0.1)",
                    f"{soft}(Z, {smooth}(c, 3, 0.1), class_weights=w).sum() / w[c].sum()",
                ),
                ("F.cross_entropy(Z, T)", "lossref.softmax_cross_entropy(Z, T).mean()"),
                ("F.cross_entropy(Z, T, weight=w)", f"{weighted}.mean()"),
                ("F.nll_loss(torch.log(P), c)", "lossref.categorical_cross_entropy(P, c).mean()"),
                (
                    "F.nll_loss(torch.log(P), c, weight=w)",
                    "lossref.weighted_mean(lossref.categorical_cross_entropy(P, c), w[c])",
                ),
            ],
            "divergence": [
                ("F.kl_div(torch.log(P), T)", "lossref.kl_divergence(T, P).sum() / P.size"),
                (
                    "F.kl_div(torch.log(P), T, reduction='batchmean')",
                    "lossref.kl_divergence(T, P).mean()",
                ),
            ],
        },
        "Keras": {
            "squared": [("losses.MeanSquaredError()(y, a)", mse)],
            "huber": [("losses.Huber(delta=0.5)(y, a)", f"{huber}.mean()")],
            "binary": [
                ("losses.BinaryCrossentropy()(s, p)", f"{from_p}.mean()"),
                ("losses.BinaryCrossentropy(from_logits=True)(s, z)", f"{from_z}.mean()"),
                (
                    "losses.BinaryCrossentropy()(s[:, None], p[:, None], sample_weight=v)",
                    f"(v * {from_p}).mean()",
                ),
                (
                    "losses.BinaryCrossentropy(label_smoothing=0.1)(b, p)",
                    "lossref.binary_cross_entropy(p, 0.9 * b + 0.05).mean()",
                ),
            ],
            "classes": [
                (
                    "losses.CategoricalCrossentropy()(T, P)",
                    "lossref.categorical_cross_entropy(P, T).mean()",
                ),
                (
                    "losses.CategoricalCrossentropy()(T, 3 * P)",
                    "lossref.categorical_cross_entropy(P, T).mean()",
                ),
                (
                    "losses.CategoricalCrossentropy(from_logits=True)(T, Z)",
                    "lossref.softmax_cross_entropy(Z, T).mean()",
                ),
                (
                    "losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)(T, Z)",
                    f"lossref.softmax_cross_entropy(Z, {smooth}(T, 3, 0.1)).mean()",
                ),
                (
                    "losses.SparseCategoricalCrossentropy()(c, P)",
                    "lossref.categorical_cross_entropy(P, c).mean()",
                ),
                (
                    "losses.SparseCategoricalCrossentropy(from_logits=True)(c, Z)",
                    "lossref.softmax_cross_entropy(Z, c).mean()",
                ),
                (
                    "losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=2)(c, Z)",
                    f"{value}(Z, c, where=c != 2)[0]",
                ),
                (
                    "losses.SparseCategoricalCrossentropy()(c, P, sample_weight=w[c])",
                    "(w[c] * lossref.categorical_cross_entropy(P, c)).mean()",
                ),
            ],
            "divergence": [("losses.KLDivergence()(T, P)", "lossref.kl_divergence(T, P).mean()")],
            "focal": [
                (
                    "losses.BinaryFocalCrossentropy(from_logits=True)(b, z)",
                    "lossref.focal(z, b, gamma=2.0).mean()",
                ),
                (
                    "losses.BinaryFocalCrossentropy(apply_class_balancing=True)(b, p)",
                    "lossref.focal(np.log(p / (1 - p)), b, gamma=2.0, alpha=0.25).mean()",
                ),
            ],
        },
        "Optax": {
            "squared": [
                ("optax.squared_error(a, y)", "lossref.squared_error(a, y)"),
                ("optax.l2_loss(a, y)", "lossref.squared_error(a, y) / 2"),
            ],
            "huber": [("optax.huber_loss(a, y, delta=0.5)", huber)],
            "binary": [("optax.sigmoid_binary_cross_entropy(z, s)", from_z)],
            "classes": [
                ("optax.softmax_cross_entropy(Z, T)", "lossref.softmax_cross_entropy(Z, T)"),
                (
                    "optax.softmax_cross_entropy_with_integer_labels(Z, c)",
                    "lossref.softmax_cross_entropy(Z, c)",
                ),
                (
                    "optax.softmax_cross_entropy(Z, optax.smooth_labels(T, 0.1))",
                    f"lossref.softmax_cross_entropy(Z, {smooth}(T, 3, 0.1))",
                ),
            ],
            "divergence": [("optax.kl_divergence(jnp.log(P), T)", "lossref.kl_divergence(T, P)")],
            "focal": [
                ("optax.sigmoid_focal_loss(z, b)", "lossref.focal(z, b, gamma=2.0)"),
                (
                    "optax.sigmoid_focal_loss(z, b, alpha=0.25)",
                    "lossref.focal(z, b, gamma=2.0, alpha=0.25)",
                ),
            ],
        },
        "scikit-learn": {
            "squared": [
                ("mean_squared_error(y, a)", mse),
                (
                    "mean_squared_error(y, a, sample_weight=v)",
                    "lossref.weighted_mean(lossref.squared_error(a, y), v)",
                ),
            ],
            "binary": [
                ("log_loss(b, p)", f"{hard_p}.mean()"),
                ("log_loss(b, p, sample_weight=v)", f"lossref.weighted_mean({hard_p}, v)"),
                ("brier_score_loss(b, p)", "lossref.mean_squared_error(p, b)"),
                (
                    "brier_score_loss(b, p, scale_by_half=False)",
                    "lossref.brier_score(np.column_stack([1 - p, p]), b.astype(int)).mean()",
                ),
            ],
            "classes": [
                ("log_loss(c, P)", "lossref.categorical_cross_entropy(P, c).mean()"),
                ("brier_score_loss(c, P)", "lossref.brier_score(P, c).mean()"),
            ],
            "objectives": [
                (
                    "gradient('scikit-learn', 'SGDRegressor(loss=\"squared_error\")', a, y)",
                    "lossref.squared_error_grad(a, y) / 2",
                ),
                (
                    "gradient('scikit-learn', 'SGDClassifier(loss=\"log_loss\")', z, b)",
                    "lossref.sigmoid_cross_entropy_grad(z, b)",
                ),
            ],
        },
        "XGBoost": {
            "objectives": [
                (
                    "gradient('XGBoost', 'reg:squarederror', a[:2], y[:2])",
                    "lossref.squared_error_grad(a[:2], y[:2]) / 2",
                ),
                (
                    "curvature('XGBoost', 'reg:squarederror', a[:2], y[:2])",
                    "lossref.squared_error_hess(a[:2], y[:2]) / 2",
                ),
                (
                    "gradient('XGBoost', 'binary:logistic', z[:2], b[:2])",
                    "lossref.sigmoid_cross_entropy_grad(z[:2], b[:2])",
                ),
                (
                    "curvature('XGBoost', 'binary:logistic', z[:2], b[:2])",
                    "lossref.sigmoid_cross_entropy_hess(z[:2], b[:2])",
                ),
                (
                    "gradient('XGBoost', 'multi:softprob', Z[:3], c[:3])",
                    "lossref.softmax_cross_entropy_grad(Z[:3], c[:3])",
                ),
                ("curvature('XGBoost', 'multi:softprob', Z[:3], c[:3])", f"2 * {own_curvature}"),
            ],
        },
        "LightGBM": {
            "objectives": [
                (
                    "gradient('LightGBM', 'regression', a[:2], y[:2])",
                    "lossref.squared_error_grad(a[:2], y[:2]) / 2",
                ),
                (
                    "curvature('LightGBM', 'regression', a[:2], y[:2])",
                    "lossref.squared_error_hess(a[:2], y[:2]) / 2",
                ),
                (
                    "gradient('LightGBM', 'binary', z[:2], b[:2])",
                    "lossref.sigmoid_cross_entropy_grad(z[:2], b[:2])",
                ),
                (
                    "curvature('LightGBM', 'binary', z[:2], b[:2])",
                    "lossref.sigmoid_cross_entropy_hess(z[:2], b[:2])",
                ),
                (
                    "gradient('LightGBM', 'multiclass', Z[:3], c[:3])",
                    "lossref.softmax_cross_entropy_grad(Z[:3], c[:3])",
                ),
                ("curvature('LightGBM', 'multiclass', Z[:3], c[:3])", f"3 / 2 * {own_curvature}"),
            ],
        },
        "SciPy": {
            "huber": [("special.huber(0.5, a - y)", huber)],
            "binary": [
                ("-special.log_expit(z)", "lossref.sigmoid_cross_entropy(z, np.ones_like(z))")
            ],
            "classes": [
                (
                    "-special.log_softmax(Z, axis=1)[np.arange(4), c]",
                    "lossref.softmax_cross_entropy(Z, c)",
                ),
            ],
            "divergence": [
                ("special.rel_entr(T, P).sum(axis=1)", "lossref.kl_divergence(T, P)"),
                ("special.kl_div(T, P).sum(axis=1)", "lossref.kl_divergence(T, P)"),
                ("stats.entropy(T, P, axis=1)", "lossref.kl_divergence(T, P)"),
                ("stats.entropy(T, axis=1)", "lossref.entropy(T)"),
            ],
            "rows": [
                ("special.softmax(Z, axis=1)", "lossref.softmax(Z)"),
                ("special.log_softmax(Z, axis=1)", "lossref.log_softmax(Z)"),
                ("special.logsumexp(Z, axis=1)", "lossref.logsumexp(Z)"),
            ],
            "one": [
                ("special.expit(z)", "lossref.sigmoid(z)"),
                ("special.log_expit(z)", "lossref.log_sigmoid(z)"),
                ("special.softplus(z)", "lossref.softplus(z)"),
            ],
            "two": [
                ("-special.xlogy(T, P).sum(axis=1)", "lossref.categorical_cross_entropy(P, T)")
            ],
        },
        "NumPy": {
            "squared": [("np.mean((a - y)**2)", mse)],
            "binary": [("-np.mean(s*np.log(p) + (1-s)*np.log(1-p))", f"{from_p}.mean()")],
            "classes": [
                (
                    "-np.log(P[np.arange(4), c]).mean()",
                    "lossref.categorical_cross_entropy(P, c).mean()",
                ),
            ],
        },
    }
    # single precision in Keras and XGBoost; the slopes are differences of leaves
    precision = {"Keras": 2e-6, "XGBoost": 5e-4, "LightGBM": 1e-6}
    return [
        Equal(framework, family, theirs, ours, precision.get(framework, 1e-12))
        for framework, families in rows.items()
        for family, pairs in families.items()
        for theirs, ours in pairs
    ]


EQUALS = _all()


def table() -> list[dict[str, str]]:
    """What the page shows of them."""
    return [
        {"framework": e.framework, "family": e.family, "call": e.shown, "lossref": e.ours}
        for e in EQUALS
    ]


def ours(equal: Equal) -> np.ndarray:
    """What lossref gives."""
    return np.asarray(eval(equal.ours, {"lossref": lossref, "np": np}, INPUTS))


def outputs(
    framework: str,
    names: Mapping[str, Any],
    back: Callable[[Any], Any],
    arrays: Mapping[str, Any] = INPUTS,
) -> dict[str, Any]:
    """What the calls of one library give, by their text."""
    found = {}
    for equal in EQUALS:
        if equal.framework == framework:
            with warnings.catch_warnings():  # PyTorch announces another mean of kl_div
                warnings.simplefilter("ignore", UserWarning)
                value = eval(equal.theirs, dict(names), dict(arrays))
            found[equal.theirs] = np.asarray(back(value), np.float64).tolist()
    return found
