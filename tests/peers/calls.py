"""The loss functions and learners of other libraries, as the probes call them.

Those of Keras are in calls_keras.py: each of its backends needs a process of its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.peers import libraries

# isort: split
import jax.numpy as jnp
import lightgbm
import numpy as np
import optax
import scipy.special
import scipy.stats
import torch
import torch.nn.functional as F
import xgboost
from sklearn import ensemble, linear_model, metrics

from tests.peers.call import (
    EACH,
    INDEX,
    LOGARITHMS,
    LOGITS,
    PROBABILITIES,
    SMOOTH,
    SOFT,
    TORCH_CLASSES,
    VECTOR,
    Call,
    S,
    W,
    names,
)
from tests.peers.probes import fit_data

libraries.load("PyTorch")


def of_torch(
    name: str,
    family: str,
    options: Mapping[str, str] = {},
    traits: Mapping[str, Any] = {},
    **fixed: Any,
) -> Call:
    function = getattr(F, name)

    def run(x: Any, t: Any, **given: Any) -> Any:
        own = {
            options[k]: torch.as_tensor(v, dtype=torch.float64) if "weight" in options[k] else v
            for k, v in given.items()
        }
        return function(torch.as_tensor(x), torch.as_tensor(t), **own, **fixed).numpy()

    shown = f"F.{name}({', '.join(f'{k}={v!r}' for k, v in fixed.items())})".replace("()", "")
    shown = traits.get("called", shown)
    return Call("PyTorch", shown, family, run, names([function]), options, traits)


def of_optax(
    name: str, family: str, options: Mapping[str, str] = {}, traits: Mapping[str, Any] = {}
) -> Call:
    function = getattr(optax, name)

    def run(x: Any, t: Any, **given: Any) -> Any:
        return function(jnp.asarray(x), jnp.asarray(t), **{options[k]: v for k, v in given.items()})

    return Call("Optax", name, family, run, names([function]), options, {"each": True, **traits})


def of_sklearn(
    name: str,
    family: str,
    options: Mapping[str, str] = {},
    traits: Mapping[str, Any] = {},
    **fixed: Any,
) -> Call:
    function = getattr(metrics, name)

    def run(x: Any, t: Any, **given: Any) -> Any:
        return function(t, x, **{options[k]: v for k, v in given.items()}, **fixed)

    return Call("scikit-learn", name, family, run, names([function]), options, traits)


def by_hand(
    name: str, family: str, function: Callable[..., Any], traits: Mapping[str, Any] = {}
) -> Call:
    def run(x: Any, t: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(x, t)

    return Call("NumPy", name, family, run, names([function]), {}, traits)


def of_scipy(
    name: str, family: str, traits: Mapping[str, Any] = {}, module: Any = scipy.special
) -> Call:
    function = getattr(module, name)
    swap = traits.get("true first")

    def run(*arrays: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(*(arrays[::-1] if swap else arrays))

    where = "stats." if module is scipy.stats else "special."
    return Call("SciPy", where + name, family, run, names([function]), {}, traits)


def loss_calls() -> list[Call]:
    p, z = PROBABILITIES, LOGITS
    rows = np.arange
    return [
        of_torch("mse_loss", "squared", W),
        of_optax("squared_error", "squared", {}, EACH),
        of_optax("l2_loss", "squared", {}, {**EACH, "half": True}),
        of_sklearn("mean_squared_error", "squared", S),
        by_hand("np.mean((x - t)**2)", "squared", lambda x, t: np.mean((x - t) ** 2)),
        of_torch("huber_loss", "huber", {"delta": "delta", **W}),
        of_torch("smooth_l1_loss", "huber", {"delta": "beta"}),
        of_optax("huber_loss", "huber", {"delta": "delta"}, EACH),
        of_torch("binary_cross_entropy", "binary", W, {**p}),
        of_torch(
            "binary_cross_entropy_with_logits", "binary", {"pos_weight": "pos_weight", **W}, {**z}
        ),
        of_optax("sigmoid_binary_cross_entropy", "binary", {}, {**z}),
        of_sklearn("log_loss", "binary", S, {**p, **VECTOR}, labels=[0, 1]),
        of_sklearn(
            "brier_score_loss", "binary", S, {**p, **VECTOR, "squared": True}, labels=[0, 1]
        ),
        by_hand(
            "-np.mean(y*np.log(p) + (1-y)*np.log(1-p))",
            "binary",
            lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)),
            {**p},
        ),
        of_torch("cross_entropy", "classes", {**TORCH_CLASSES, **SMOOTH}, {**z, **INDEX}),
        of_torch(
            "cross_entropy",
            "classes",
            {"class_weights": "weight", **SMOOTH},
            {**z, **SOFT, "called": "F.cross_entropy, distributions", "other": {"ignore_index"}},
        ),
        of_torch("nll_loss", "classes", TORCH_CLASSES, {**LOGARITHMS, **INDEX}),
        of_optax("softmax_cross_entropy", "classes", {}, {**z, **SOFT, **EACH}),
        of_optax(
            "softmax_cross_entropy_with_integer_labels", "classes", {}, {**z, **INDEX, **EACH}
        ),
        of_sklearn("log_loss", "classes", S, {**p, **INDEX}, labels=[0, 1, 2]),
        of_sklearn(
            "brier_score_loss", "classes", S, {**p, **INDEX, "squared": True}, labels=[0, 1, 2]
        ),
        by_hand(
            "-np.log(p[np.arange(n), c]).mean()",
            "classes",
            lambda p, c: -np.log(p[rows(len(p)), c]).mean(),
            {**p, **INDEX},
        ),
        of_torch("kl_div", "divergence", {}, {**LOGARITHMS, "elements": True}),
        of_torch("kl_div", "divergence", {}, LOGARITHMS, reduction="batchmean"),
        of_optax("kl_divergence", "divergence", {}, LOGARITHMS),
        of_scipy("rel_entr", "divergence", {**p, "terms": True, "true first": True}),
        of_scipy("kl_div", "divergence", {**p, "terms": True, "true first": True}),
        of_scipy("entropy", "divergence", {**p, "axis0": True, "true first": True}, scipy.stats),
        of_optax("sigmoid_focal_loss", "focal", {"gamma": "gamma", "alpha": "alpha"}, z),
        of_scipy("softmax", "rows", {"is": "softmax"}),
        of_scipy("log_softmax", "rows", {"is": "log_softmax"}),
        of_scipy("logsumexp", "rows", {"is": "logsumexp"}),
        of_scipy("expit", "one", {"arguments": 1}),
        of_scipy("log_expit", "one", {"arguments": 1}),
        of_scipy("softplus", "one", {"arguments": 1}),
        of_scipy("xlogy", "two", {"arguments": 2}),
        of_scipy("rel_entr", "two", {"arguments": 2}),
        of_scipy("kl_div", "two", {"arguments": 2}),
    ]


# --- learners: gradient and curvature from the values of leaves -----------------------------------


def _solve(leaf: Callable[[float], np.ndarray]) -> np.ndarray:
    """Gradient and curvature of leaves whose value is -g / (h + l), from two penalties l.

    They are small, so that every split gains.
    """
    low, high = 0.001, 0.003
    one, three = leaf(low), leaf(high)
    h = (high * three - low * one) / (one - three)
    return np.array([-one * (h + low), h])


def sides(y: Any) -> np.ndarray:
    """A feature that gives each row its own leaf."""
    return np.arange(len(y), dtype=float)[:, None]


STARTS = np.array([[0.0], [1.0], [2.0], [3.0]])


def of_xgboost(objective: str, metric: str, **traits: Any) -> Call:
    classes = traits.get("classes")
    options = {"pos_weight": "scale_pos_weight"} if objective == "binary:logistic" else {}
    base = {
        "objective": objective,
        "nthread": 1,
        "verbosity": 0,
        "max_depth": 2,
        "min_child_weight": 0,
        "alpha": 0,
        **({"num_class": 3} if classes else {}),
    }

    def slopes(raw: Any, y: Any, **given: Any) -> Any:
        def leaf(penalty: float) -> np.ndarray:
            data = xgboost.DMatrix(sides(y), y, base_margin=raw)
            own = {options[k]: v for k, v in given.items()}
            model = xgboost.train({**base, "eta": 1, "lambda": penalty, **own}, data, 1)
            return model.predict(data, output_margin=True) - raw

        return _solve(leaf)

    def start() -> Any:
        y = np.array([0, 1, 2, 2] if classes else [0, 0, 0, 1])
        data = xgboost.DMatrix(STARTS, y)
        return xgboost.train({**base, "eta": 0}, data, 1).predict(data, output_margin=True)

    def reported() -> Any:
        if traits.get("squares"):
            y, raw = np.array([2.0, 0.0]), np.zeros(2)
        elif classes:
            y, raw = np.array([0, 1]), np.array([[-1000.0, 0, 0], [0, -1000.0, 0]])
        else:
            y, raw = np.array([1.0, 0.0]), np.array([-1000.0, 1000.0])
        data, found = xgboost.DMatrix(sides(y), y, base_margin=raw), {}
        xgboost.train(
            {**base, "eta": 0, "eval_metric": metric},
            data,
            1,
            evals=[(data, "d")],
            evals_result=found,
            verbose_eval=False,
        )
        return found["d"][metric][0]

    return _learner(
        "XGBoost",
        objective,
        options,
        {**traits, "metric": metric},
        slopes=slopes,
        start=start,
        metric=reported,
    )


def of_lightgbm(objective: str, metric: str, **traits: Any) -> Call:
    classes = traits.get("classes")
    options = {"pos_weight": "scale_pos_weight"} if objective == "binary" else {}
    base = {
        "objective": objective,
        "num_threads": 1,
        "verbosity": -1,
        "num_leaves": 3,
        "min_data_in_leaf": 1,
        "min_data_in_bin": 1,
        "min_sum_hessian_in_leaf": 0,
        "feature_pre_filter": False,
        **({"num_class": 3} if classes else {}),
    }

    def slopes(raw: Any, y: Any, **given: Any) -> Any:
        times = 10  # it guesses the rows of a leaf from their curvature: one row may count as none

        def leaf(penalty: float) -> np.ndarray:
            x, targets, scores = (np.repeat(a, times, axis=0) for a in (sides(y), y, raw))
            data = lightgbm.Dataset(x, targets, init_score=scores)
            own = {options[k]: v for k, v in given.items()}
            settings = {**base, "learning_rate": 1.0, "lambda_l2": penalty, **own}
            return lightgbm.train(settings, data, 1).predict(sides(y), raw_score=True)

        return _solve(leaf) / times

    def start() -> Any:
        y = np.array([0, 1, 2, 2] if classes else [0, 0, 0, 1])
        model = lightgbm.train({**base, "learning_rate": 1e-30}, lightgbm.Dataset(STARTS, y), 1)
        return model.predict(STARTS, raw_score=True)

    def reported() -> Any:
        if traits.get("squares"):
            y, raw = np.array([2.0, 0.0]), np.zeros(2)
        elif classes:
            y, raw = np.array([0, 1]), np.array([[-1000.0, 0, 0], [0, -1000.0, 0]])
        else:
            y, raw = np.array([1.0, 0.0]), np.array([-1000.0, 1000.0])
        data, found = lightgbm.Dataset(sides(y), y, init_score=raw), {}
        settings = {**base, "learning_rate": 1e-30, "metric": metric}
        lightgbm.train(
            settings,
            data,
            1,
            valid_sets=[data],
            valid_names=["d"],
            callbacks=[lightgbm.record_evaluation(found)],
        )
        return found["d"][metric][0]

    return _learner(
        "LightGBM",
        objective,
        options,
        {**traits, "metric": metric},
        slopes=slopes,
        start=start,
        metric=reported,
    )


def of_hist(name: str, **traits: Any) -> Call:
    """It starts at the best constant, so the raw scores cannot be chosen."""
    classes = traits.get("classes")
    make = getattr(ensemble, name)
    y = np.repeat([0, 1, 2], [10, 10, 20]) if classes else np.repeat([0.0, 1.0], [30, 10])
    groups = np.unique(y)
    x = (y[:, None] == groups).astype(float)
    own = (y[:, None] == groups).sum(axis=0)
    # rows of other classes have the same gradient at the start, so they share one leaf
    rows = np.where(np.eye(3, dtype=bool), own, len(y) - own) if classes else own
    look = "predict" if traits.get("squares") else "decision_function"

    def raw_scores(penalty: float, rate: float) -> Any:
        model = make(
            learning_rate=rate,
            max_iter=1,
            min_samples_leaf=1,
            l2_regularization=penalty,
            early_stopping=False,
        ).fit(x, y)
        return getattr(model, look)(np.eye(len(groups)))

    def slopes(raw: Any, targets: Any) -> Any:
        return _solve(lambda penalty: raw_scores(penalty, 1.0) - raw) / rows

    return _learner(
        "scikit-learn",
        name,
        {},
        {**traits, "starts at the best constant": True, "no metric": True},
        slopes=slopes,
        start=lambda: raw_scores(1.0, 1e-30),
        targets=lambda: groups,
    )


def of_sgd(name: str, loss: str, **traits: Any) -> Call:
    """One step of size 1 on one example: the weight moves by minus the gradient."""
    make = getattr(linear_model, name)

    def slopes(raw: Any, y: Any) -> Any:
        moved = []
        for z, target in zip(raw, y, strict=True):
            model = make(
                loss=loss, penalty=None, learning_rate="constant", eta0=1.0, fit_intercept=False
            )
            known = {} if traits.get("squares") else {"classes": [0.0, 1.0]}
            model.partial_fit([[0.0]], [target], **known)
            model.coef_ = np.full_like(model.coef_, z)
            model.partial_fit([[1.0]], [target])
            moved.append(z - model.coef_.ravel()[0])
        return np.array([moved, np.full(len(moved), np.nan)])

    return _learner(
        "scikit-learn",
        f'{name}(loss="{loss}")',
        {},
        {**traits, "no start": True, "no metric": True},
        slopes=slopes,
    )


def _learner(
    framework: str,
    name: str,
    options: Mapping[str, str],
    traits: Mapping[str, Any],
    **kinds: Callable[..., Any],
) -> Call:
    def run(kind: str, *args: Any, **given: Any) -> Any:
        return kinds[kind](*args, **given)

    return Call(framework, name, "objectives", run, [], options, traits)


def of_linear(
    name: str, task: str, strength: str, options: Mapping[str, str], **fixed: Any
) -> Call:
    make = getattr(linear_model, name)

    def run(kind: str, **given: Any) -> Any:
        x, y = fit_data(task)
        made = {strength: given["strength"], **fixed}
        if "class_weights" in given:
            made["class_weight"] = given["class_weights"]
        model = make(fit_intercept=False, tol=1e-10, **made)
        return model.fit(x, y, sample_weight=given.get("weights")).coef_[
            slice(None) if task == "classes" else 0
        ]

    if task == "value":

        def run(kind: str, **given: Any) -> Any:  # its coefficients are flat
            x, y = fit_data(task)
            model = make(fit_intercept=False, **{strength: given["strength"]}, **fixed)
            return model.fit(x, y, sample_weight=given.get("weights")).coef_

    shown = (
        f"{name}, {'K = 3' if task == 'classes' else 'two classes'}" if task != "value" else name
    )
    return Call("scikit-learn", shown, "linear", run, [], options, {"task": task})


def learner_calls() -> list[Call]:
    weights = {"weights": "sample_weight", "class_weights": "class_weight"}
    return [
        of_linear("LogisticRegression", "label", "C", weights),
        of_linear("LogisticRegression", "classes", "C", S),
        of_linear("Ridge", "value", "alpha", S),
        of_sgd("SGDRegressor", "squared_error", squares=True),
        of_sgd("SGDClassifier", "log_loss"),
        of_hist("HistGradientBoostingRegressor", squares=True),
        of_hist("HistGradientBoostingClassifier"),
        of_hist("HistGradientBoostingClassifier", classes=True),
        of_xgboost("reg:squarederror", "rmse", squares=True),
        of_xgboost("binary:logistic", "logloss"),
        of_xgboost("multi:softprob", "mlogloss", classes=True),
        of_lightgbm("regression", "l2", squares=True),
        of_lightgbm("binary", "binary_logloss"),
        of_lightgbm("multiclass", "multi_logloss", classes=True),
    ]
