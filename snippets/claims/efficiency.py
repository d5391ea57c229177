import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(0)
nodes, weights = np.polynomial.hermite_e.hermegauss(80)
weights = weights / weights.sum()


def ratio(slope):
    v = lossref.sigmoid_cross_entropy_hess(slope * nodes, np.zeros(80))
    best = 1 / (weights * v * nodes**2).sum()
    bread = (weights * 2 * v**2 * nodes**2).sum()
    return (weights * 4 * v**3 * nodes**2).sum() / bread**2 / best


def simulated(slope, runs=400, n=500):
    x = rng.normal(size=(runs, n))
    y = (rng.random((runs, n)) < lossref.sigmoid(slope * x)).astype(float)
    ce, se = np.full((2, runs, 1), slope)
    for _ in range(8):
        v = lossref.sigmoid_cross_entropy_hess(ce * x, y)
        grad = (lossref.sigmoid_cross_entropy_grad(ce * x, y) * x).sum(axis=1)
        ce = ce - (grad / (v * x**2).sum(axis=1))[:, None]
        v = lossref.sigmoid_cross_entropy_hess(se * x, y)
        grad = (lossref.sigmoid_squared_error_grad(se * x, y) * x).sum(axis=1)
        se = se - (grad / (2 * v**2 * x**2).sum(axis=1))[:, None]
    return ce.mean(), se.mean(), se.var() / ce.var()


slopes = np.linspace(0, 4, 41)
theory = np.array([ratio(slope) for slope in slopes])
dots = {slope: simulated(slope) for slope in (0.5, 1.0, 2.0, 3.0)}
for slope, (ce, se, found) in dots.items():
    print(
        f"slope {slope}: cross-entropy {ce:.2f}, Brier score {se:.2f},",
        f"variance ratio {found:.2f} (theory {ratio(slope):.2f})",
    )


def figure() -> plt.Figure:
    """Variance of the slope under the Brier score divided by that under cross-entropy,
    against the true slope. A curve starts at 1 for slope 0 and rises steadily to about
    one and a half at slope 4. Four dots, simulations, lie close to it."""
    fig, ax = plt.subplots()
    ax.axhline(1, color="C0", lw=1)
    ax.plot(slopes, theory, "C1-")
    ax.plot(list(dots), [found for _, _, found in dots.values()], "C1o")
    ax.text(3.95, 0.98, "cross-entropy", color="C0", ha="right", va="top")
    ax.text(1.9, theory[26], "Brier score", color="C1", ha="right")
    ax.set(xlabel="true slope", ylim=(0.9, None), xlim=(0, 4))
    ax.set_title("Variance of the estimate, relative to cross-entropy")
    return fig
