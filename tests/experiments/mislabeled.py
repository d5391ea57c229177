"""One mislabeled point far out: which loss gives up its slope to please it?

Twice: on points drawn from a logistic model of slope 2, where the truth is known, and on real
tumors described by their mean radius, where one huge tumor is labeled benign. Squared error behind
a sigmoid has more than one minimum; the best over a grid of slopes and intercepts is taken, for
both losses alike. The linear fit is least squares on the 0/1 labels.
"""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_breast_cancer

import lossref
from docs_ext.experiments import Record

SEEDS = range(30)
PARAMETERS: dict[str, Any] = {"points": 200, "distance": 10.0, "steps": 40}
# Nothing moved with other kernels.
TOLERANCE = {"before": 0.001, "after": 0.001}


def descend(loss: str, x: np.ndarray, y: np.ndarray, beta: np.ndarray) -> tuple[float, np.ndarray]:
    """Damped scoring steps from one start; returns the mean loss reached and the parameters."""
    value = getattr(lossref, f"sigmoid_{loss}")
    slope = getattr(lossref, f"sigmoid_{loss}_grad")
    design = np.column_stack([np.ones_like(x), x])
    now = value(design @ beta, y).mean()
    for _ in range(PARAMETERS["steps"]):
        z = design @ beta
        weight = lossref.sigmoid_cross_entropy_hess(z, y)
        weight = 2 * weight**2 if loss == "squared_error" else weight
        curvature = (design.T * (weight + 1e-6)) @ design
        step = np.linalg.solve(curvature, design.T @ slope(z, y))
        length = 1.0
        while length > 1e-6 and value(design @ (beta - length * step), y).mean() > now:
            length /= 2
        beta = beta - length * step
        now = value(design @ beta, y).mean()
    return float(now), beta


def slopes(x: np.ndarray, y: np.ndarray) -> dict[str, float]:
    starts = [np.array([0.0, 0.0]), np.array([0.0, 2.0])]
    found = {}
    for name, loss in (("cross-entropy", "cross_entropy"), ("squared error", "squared_error")):
        ends = [descend(loss, x, y, start) for start in starts]
        found[name] = min(ends, key=lambda end: end[0])[1][1]
    found["linear"] = np.polyfit(x, y, 1)[0]
    return found


def run(seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    n, far = PARAMETERS["points"], PARAMETERS["distance"]
    x = rng.normal(size=n)
    drawn = x, (rng.random(n) < lossref.sigmoid(2 * x)).astype(float)
    radius, benign = load_breast_cancer(return_X_y=True)
    rows = rng.choice(len(radius), n, replace=False)
    size = (radius[rows, 0] - radius[:, 0].mean()) / radius[:, 0].std()
    numbers = {}
    for name, (x, y) in {"drawn": drawn, "tumors": (size, 1.0 - benign[rows])}.items():
        before = slopes(x, y)
        after = slopes(np.append(x, far), np.append(y, 0.0))
        for loss in before:
            numbers[f"{name}, {loss}, before"] = float(before[loss])
            numbers[f"{name}, {loss}, after"] = float(after[loss])
    return numbers


def table(record: Record) -> str:
    lines = ["| Data | Fit | Slope before | Slope after |", "|---|---|---:|---:|"]
    for name in ("drawn", "tumors"):
        for loss in ("cross-entropy", "squared error", "linear"):
            fit = "least squares" if loss == "linear" else f"{loss}, sigmoid"
            cells = [record.spread(f"{name}, {loss}, {when}", 2) for when in ("before", "after")]
            lines.append(f"| {name} | {fit} | {' | '.join(cells)} |")
    return "\n".join(lines)


def figure(record: Record) -> Figure:
    """Two panels of dots, one dot a sample: the share of the slope that is left after one
    mislabeled point was added. Points drawn from a model: about two thirds under cross-entropy, all
    of it under squared error with a sigmoid, six tenths under linear least squares. Tumors: about
    half under cross-entropy, all under squared error with a sigmoid, two thirds under least
    squares."""
    fig, axes = plt.subplots(1, 2, figsize=(8, 2.6), sharey=True)
    losses = ("linear", "cross-entropy", "squared error")
    titles = {"drawn": "Points drawn from a model", "tumors": "Tumors by mean radius"}
    for ax, name in zip(axes, titles, strict=True):
        for row, (loss, mark) in enumerate(zip(losses, ("C3^", "C0s", "C1o"), strict=True)):
            left = record[f"{name}, {loss}, after"] / record[f"{name}, {loss}, before"]
            ax.plot(left, np.full(len(left), row), mark, alpha=0.5, ms=5)
        ax.set(title=titles[name], xlim=(0.35, 1.05), ylim=(2.5, -0.5), xlabel="slope left")
    names = ["least squares", "cross-entropy,\nsigmoid", "squared error,\nsigmoid"]
    axes[0].set_yticks(range(3), names)
    return fig
