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
    """Two panels over the logit from minus 10 to 10, for the target 0. Left, on a
    linear scale: the cross-entropy gradient rises from 0 to 1 and stays there; the
    squared error gradient is a low bump with its top just right of 0. Right, on a
    logarithmic scale: both fall to the left, where the answer is right; to the
    right, where it is wrong, cross-entropy levels off at 1 and squared error falls
    in a straight line, a factor of ten thousand below at logit 10."""
    fig, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharex=True)
    for ax in axes:
        ax.axvspan(0, 10, color="0.5", alpha=0.12, lw=0)
        ax.plot(z, ce, "C0--")
        ax.plot(z, se, "C1-")
        ax.set(xlim=(-10, 10), xlabel="logit z, target 0")
        ax.set_xticks(range(-10, 11, 5))
    left, right = axes
    left.set(title="Gradient in the logit", ylim=(0, 1.08))
    left.text(0.2, 0.75, "cross-entropy", color="C0", ha="right")
    left.text(3.6, 0.2, "squared error", color="C1")
    left.text(9.6, 0.04, "wrong side", ha="right")
    right.set(title="The same, logarithmic scale", yscale="log", ylim=(1e-9, 30))
    right.text(9.6, 3, "wrong side", ha="right")
    right.text(-4.2, 0.12, "cross-entropy", color="C0", ha="right")
    right.text(5.5, 1e-5, "squared error", color="C1", ha="center")
    return fig
