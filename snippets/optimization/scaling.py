import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(1)
y = np.repeat([0.0, 1.0], 100)
raw = rng.normal((2 * y - 1)[:, None] * [0.8, 0.5], 1.0) * [1.0, 6.0]


def descend(X):
    largest = np.linalg.eigvalsh(X.T @ X / len(y)).max()
    w, path, gradient = np.zeros(2), [], np.inf
    while np.linalg.norm(gradient) >= 1e-5:
        gradient = X.T @ lossref.sigmoid_cross_entropy_grad(X @ w, y) / len(y)
        path.append(w)
        w = w - 4 / largest * gradient
    return np.array(path)


scaled = raw / raw.std(axis=0)
for name, X in {"raw": raw, "scaled": scaled}.items():
    kappa = np.linalg.cond(X.T @ X)
    steps = len(descend(X))
    print(f"{name:6s} inputs: condition number {kappa:5.1f}, {steps:4d} steps")


def figure() -> plt.Figure:
    """Two panels with level curves of the mean cross-entropy over two weights and
    the path of gradient descent from 0 to the minimum. Above, raw inputs: narrow,
    elongated level curves; the path hurries across and then creeps along the
    valley. Below, scaled inputs: nearly round level curves and a direct path with
    few steps."""
    fig, axes = plt.subplots(2, 1, figsize=(5.6, 6.2), height_ratios=(2, 4))
    for ax, X, title in zip(axes, (raw, scaled), ("Raw inputs", "Scaled"), strict=True):
        path, low, high = descend(X), *((-0.5, 1.5) if X is raw else (-1, 3))
        a, b = np.meshgrid(np.linspace(-0.5, 4.5, 120), np.linspace(low, high, 120))
        z = np.stack([a, b], axis=-1).reshape(-1, 2) @ X.T
        loss = lossref.sigmoid_cross_entropy(z, np.tile(y, (len(z), 1)))
        values = loss.mean(axis=1).reshape(a.shape)
        levels = values.min() + np.geomspace(0.001, 0.5, 8)
        ax.contour(a, b, values, levels, colors="0.5", linewidths=1)
        apart = np.unique(path.round(2), axis=0, return_index=True)[1]
        ax.plot(*path.T, "C0o-", lw=1.2, ms=3.5, markevery=sorted(apart))
        ax.plot(*path[-1], "C1*", ms=13)
        ax.set(title=f"{title}: {len(path):,} steps", aspect="equal")
        ax.set(ylabel="second weight", ylim=(low, high))
        ax.grid(visible=False)
    axes[1].set_xlabel("first weight")
    return fig
