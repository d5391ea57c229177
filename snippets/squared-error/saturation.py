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
    Left: the gradient with respect to the logit rises from 0 to its peak of 8/27 at
    p = 2/3 and falls back to 0 at p = 1. A dashed straight line, the gradient of
    the cross-entropy, rises from 0 to 1. Right: the second derivative of the
    squared error is positive up to p = 2/3 and negative beyond, where the region is
    shaded."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.4))
    left.plot(p, lossref.sigmoid_cross_entropy_grad(z, y), "C0--")
    left.plot(p, gradient, "C1-")
    left.plot(p[peak], gradient[peak], "C1o")
    left.text(0.57, 0.72, "cross-entropy: p", color="C0", ha="right")
    left.text(0.66, 0.335, "8/27 at 2/3", color="C1", ha="center")
    left.text(0.34, 0.04, "squared error:\n2p²(1 − p)", color="C1", va="bottom", ha="left")
    left.set(title="Gradient in the logit", ylim=(0, 1.04))
    right.axvspan(2 / 3, 1, color="0.5", alpha=0.15, lw=0)
    right.axhline(0, color="0.5", lw=1)
    right.plot(p, second, "C1-")
    right.text(0.06, 0.155, "convex", color="C1", va="top")
    right.text(0.83, 0.06, "wrong by more\nthan 2/3:\nnot convex", ha="center", color="C1")
    right.set(title="Second derivative of the squared error", ylim=(-0.09, 0.17))
    for ax in (left, right):
        ax.set(xlim=(0, 1), xlabel="predicted probability p, for the target 0")
        ax.set_xticks([0, 1 / 3, 2 / 3, 1], ["0", "1/3", "2/3", "1"])
    return fig
