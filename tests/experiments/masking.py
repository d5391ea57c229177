"""Iris by the length of the petal: three classes in a row, least squares against softmax.

The same on all four measurements shows how much of it is left when the classes are apart.
Half of each kind trains, half tests. The models are fitted to their optimum, so there is no rate to
tune.
"""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from network import one_hot, standardized
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

import lossref
from docs_ext.experiments import Record

SEEDS = range(20)
PARAMETERS: dict[str, Any] = {"feature": 2, "newton steps": 25, "ridge": 1e-3}
# Nothing moved with other kernels.
TOLERANCE = {"accuracy": 0.001, "middle": 0.001}


def softmax_fit(design: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Newton's method for softmax regression; the ridge fixes the flat direction."""
    n, d = design.shape
    beta = np.zeros((d, 3))
    for _ in range(PARAMETERS["newton steps"]):
        z = design @ beta
        slope = design.T @ lossref.softmax_cross_entropy_grad(z, labels) / n
        slope += PARAMETERS["ridge"] * beta
        hess = lossref.softmax_cross_entropy_hess(z, labels)
        curvature = np.einsum("na,nb,njk->ajbk", design, design, hess).reshape(3 * d, 3 * d) / n
        curvature += PARAMETERS["ridge"] * np.eye(3 * d)
        beta -= np.linalg.solve(curvature, slope.ravel()).reshape(d, 3)
    return beta


def run(seed: int) -> dict[str, float]:
    x, labels = load_iris(return_X_y=True)
    options = {"test_size": 0.5, "stratify": labels, "random_state": seed}
    rows, test = train_test_split(np.arange(len(x)), **options)
    every = np.column_stack([np.ones(len(x)), standardized(x, rows)])
    x = standardized(x, rows)[:, PARAMETERS["feature"]]
    line = np.column_stack([np.ones_like(x), x])
    curve = np.column_stack([line, x**2])
    numbers = {}
    for name, design, fit in (
        ("least squares", line, None),
        ("least squares with squares", curve, None),
        ("softmax", line, softmax_fit),
        ("least squares on all four", every, None),
        ("softmax on all four", every, softmax_fit),
    ):
        if fit:
            beta = fit(design[rows], labels[rows])
        else:
            beta = np.linalg.lstsq(design[rows], one_hot(labels[rows], 3), rcond=None)[0]
        chosen = (design[test] @ beta).argmax(axis=1)
        numbers[f"{name}, accuracy"] = float((chosen == labels[test]).mean())
        numbers[f"{name}, middle"] = float((chosen[labels[test] == 1] == 1).mean())
    return numbers


def table(record: Record) -> str:
    lines = ["| Measured | Fit | Accuracy | Versicolor found |", "|---|---|---:|---:|"]
    measured = {"length": ("least squares", "least squares with squares", "softmax")}
    measured["all four"] = ("least squares on all four", "softmax on all four")
    for inputs, names in measured.items():
        for name in names:
            cells = [record.spread(f"{name}, {what}", 2) for what in ("accuracy", "middle")]
            fit = name.removesuffix(" on all four")
            lines.append(f"| {inputs} | {fit} | {' | '.join(cells)} |")
    return "\n".join(lines)


def figure(record: Record) -> Figure:
    """Two panels against the length of the petal, with the flowers as ticks at the bottom. Left,
    the three lines of least squares: that of the middle class is nearly level at one third and
    never the highest. Right, three softmax curves: that of the middle class is the highest between
    about two and a half and five centimeters."""
    x, labels = load_iris(return_X_y=True)
    length = x[:, PARAMETERS["feature"]]
    center, unit = length.mean(), length.std()

    def design(values: np.ndarray) -> np.ndarray:
        return np.column_stack([np.ones_like(values), (values - center) / unit])

    grid = np.linspace(0.8, 7.2, 161)
    straight = np.linalg.lstsq(design(length), one_hot(labels, 3), rcond=None)[0]
    curved = softmax_fit(design(length), labels)
    heights = design(grid) @ straight, lossref.softmax(design(grid) @ curved)
    fig, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
    kinds = ("setosa", "versicolor", "virginica")
    for ax, values in zip(axes, heights, strict=True):
        for k, style in enumerate(("C0-", "C1--", "C2-.")):
            ax.plot(grid, values[:, k], style)
            own = length[labels == k]
            ax.plot(own, np.full(len(own), -0.28 - 0.07 * k), "|", color=style[:2], ms=5)
        ax.set(xlabel="petal length, cm", ylim=(-0.5, 1.3))
    axes[0].set_title("least squares")
    axes[1].set_title("softmax and cross-entropy")
    for k, (kind, at) in enumerate(zip(kinds, (1.5, 3.9, 6.2), strict=True)):
        axes[1].text(at, 1.06, kind, color=f"C{k}", ha="center")
    return fig
