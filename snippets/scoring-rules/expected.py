import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

import lossref

q = np.linspace(0.005, 0.995, 199)
z = np.log(q) - np.log1p(-q)
truth = 0.3


def expected(loss, x):
    return truth * loss(x, np.ones_like(x)) + (1 - truth) * loss(x, np.zeros_like(x))


curves = {
    "log score": (expected(lossref.binary_cross_entropy, q), "C0", "-"),
    "Brier score": (2 * expected(lossref.squared_error, q), "C1", "--"),
    "absolute error": (expected(lossref.absolute_error, q), "C2", "-."),
    "focal loss": (expected(lossref.focal, z), "C3", ":"),
}
for name, (curve, _, _) in curves.items():
    print(name, "lowest at", round(float(q[np.argmin(curve)]), 3))


def figure() -> Figure:
    """Expected score against the predicted probability when the truth is 0.3.
    Log and Brier curves are lowest there, the focal loss is lowest at 0.42, and the
    absolute error falls toward the left edge."""
    fig, ax = plt.subplots()
    for name, (curve, color, style) in curves.items():
        ax.plot(q, curve, color=color, linestyle=style, label=name)
        ax.plot(q[np.argmin(curve)], curve.min(), "o", color=color)
    ax.axvline(truth, color="0.5", linewidth=1)
    ax.set(xlabel="predicted probability", ylabel="expected score", ylim=(0, 1.6))
    ax.legend(ncols=2, loc="upper center")
    return fig
