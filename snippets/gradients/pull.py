import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-10, 10, 401)
y = np.zeros_like(z)
ce = lossref.sigmoid_cross_entropy_grad(z, y)
se = lossref.sigmoid_squared_error_grad(z, y)
print(f"largest squared error gradient {se.max():.4f} at logit {z[se.argmax()]:.2f}")
print(f"at logit 10: cross-entropy {ce[-1]:.4f}, squared error {se[-1]:.6f}")


def figure() -> plt.Figure:
    """Two panels over the logit from minus 10 to 10, for the target 0. Above, on a
    linear scale: the cross-entropy gradient rises from 0 to 1 and stays there; the
    squared error gradient is a low bump with its top just right of 0. Below, on a
    logarithmic scale: both fall to the left, where the answer is right; to the
    right, where it is wrong, cross-entropy levels off at 1 and squared error falls
    in a straight line, a factor of ten thousand below at logit 10."""
    fig, axes = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    for ax in axes:
        ax.axvspan(0, 10, color="0.5", alpha=0.12, lw=0)
        ax.plot(z, ce, "C0--")
        ax.plot(z, se, "C1-")
        ax.set_xlim(-10, 10)
        ax.set_xticks(range(-10, 11, 5))
    top, low = axes
    top.set(title="Gradient in the logit", ylim=(0, 1.08))
    top.text(0.2, 0.75, "cross-entropy", color="C0", ha="right")
    top.text(3.6, 0.2, "squared error", color="C1")
    top.text(9.6, 0.04, "wrong side", ha="right")
    low.set(title="The same, logarithmic scale", yscale="log", ylim=(1e-9, 30))
    low.text(9.6, 3, "wrong side", ha="right")
    low.text(-4.2, 0.12, "cross-entropy", color="C0", ha="right")
    low.text(5.5, 1e-5, "squared error", color="C1", ha="center")
    low.set_xlabel("logit z, target 0")
    return fig
