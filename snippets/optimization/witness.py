import matplotlib.pyplot as plt
import numpy as np

import lossref

x, y = np.array([0.1, 1.0, 10.0]), np.array([0.0, 1.0, 0.0])


def mean(f, w):
    return f(w[:, None] * x, np.tile(y, (len(w), 1))).mean(axis=1)


def slope(f, w):
    return (f(w[:, None] * x, np.tile(y, (len(w), 1))) * x).mean(axis=1)


w = np.linspace(-3, 5, 8001)
minima = {}
for name in ("sigmoid_squared_error", "sigmoid_cross_entropy"):
    d = slope(getattr(lossref, name + "_grad"), w)
    turns = np.flatnonzero((d[:-1] < 0) & (d[1:] >= 0))
    minima[name] = w[turns]
    for k in turns:
        print(f"{name}: slope < 0 at {w[k]:.3f}, >= 0 at {w[k + 1]:.3f}")


def figure() -> plt.Figure:
    """Two panels over the weight from minus 3 to 5. Above, squared error: two
    separate valleys, a deep one just left of 0 and a shallow one near 2, with a
    ridge between them; both minima are marked. Below, cross-entropy: one valley
    with one marked minimum just left of 0, then a straight rise."""
    fig, axes = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    titles = ("Squared error through a sigmoid", "Cross-entropy")
    styles = (("C1-", "C1o"), ("C0--", "C0s"))
    for ax, name, title, (line, dot) in zip(axes, minima, titles, styles, strict=True):
        f = getattr(lossref, name)
        ax.plot(w, mean(f, w), line)
        ax.plot(minima[name], mean(f, minima[name]), dot, ms=8)
        ax.set(title=title, xlim=(-3, 5))
    axes[0].set_ylim(0.1, 0.55)
    axes[0].annotate("minimum", (-0.2, 0.145), ha="center", color="C1")
    axes[0].annotate("another minimum", (2.4, 0.40), ha="center", color="C1")
    axes[1].set_ylim(0, 12)
    axes[1].annotate("the only minimum", (-2.8, 2.2), color="C0")
    axes[1].set_xlabel("weight w")
    return fig
