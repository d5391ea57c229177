import matplotlib.pyplot as plt
import numpy as np

import lossref

p = np.linspace(0.001, 0.999, 999)
z = np.log(p) - np.log1p(-p)
y = np.zeros_like(z)
gradient = lossref.sigmoid_squared_error_grad(z, y)
second = lossref.sigmoid_squared_error_hess(z, y)
peak = int(np.argmax(gradient))
print(f"largest gradient {gradient[peak]:.4f} at p = {p[peak]:.3f}")
print("the second derivative is negative from p =", p[second < 0].min().round(3))


def figure() -> plt.Figure:
    """Two panels over the predicted probability p from 0 to 1, for the target 0.
    Above, the gradient in the logit: under squared error it rises from 0 to its peak
    of 8/27 at p = 2/3 and falls back to 0 at p = 1; the dashed straight line of
    cross-entropy rises from 0 to 1. Below, the second derivative of the squared
    error: positive up to p = 2/3, negative beyond, where the region is shaded."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    top.plot(p, lossref.sigmoid_cross_entropy_grad(z, y), "C0--")
    top.plot(p, gradient, "C1-")
    top.plot(p[peak], gradient[peak], "C1o")
    top.text(0.53, 0.66, "cross-entropy: p", color="C0", ha="right")
    top.text(2 / 3, 0.35, "8/27", color="C1", ha="center")
    top.text(0.66, 0.06, "squared error:\n2p²(1 − p)", color="C1", ha="center")
    top.set(title="Gradient in the logit, for the target 0", ylim=(0, 1.04))
    low.axvspan(2 / 3, 1, color="0.5", alpha=0.15, lw=0)
    low.axhline(0, color="0.5", lw=1)
    low.plot(p, second, "C1-")
    low.text(0.19, 0.04, "curves upward", color="C1")
    note = "wrong by more\nthan 2/3:\nnot convex"
    low.text(0.83, 0.06, note, ha="center", color="C1")
    low.set(title="Second derivative of the squared error", ylim=(-0.13, 0.17))
    low.set(xlim=(0, 1), xlabel="predicted probability p")
    low.set_xticks([0, 1 / 3, 2 / 3, 1], ["0", "1/3", "2/3", "1"])
    return fig
