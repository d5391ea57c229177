import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-6, 6, 241)
one = np.ones_like(z)
linear = lossref.squared_error_grad(z, one)
ce = lossref.sigmoid_cross_entropy_grad(z, one)
se = lossref.sigmoid_squared_error_grad(z, one)
for at in (-100.0, -10.0, -1.0, 5.0):
    pull = lossref.squared_error_grad(at, 1.0)
    print(
        f"output {at:6.0f}: linear squared error {pull:7.1f},",
        f"cross-entropy {lossref.sigmoid_cross_entropy_grad(at, 1.0):7.4f}",
    )


def figure() -> plt.Figure:
    """Three gradients over the output z from minus 6 to 6, for the target 1. The
    squared error of a linear output is a steep straight line through 0 at z = 1:
    strongly negative on the left, positive for outputs above 1. Cross-entropy rises
    from minus 1 to 0. The squared error through a sigmoid stays close to 0, with a
    shallow dip to the left of 0."""
    fig, ax = plt.subplots()
    ax.axhline(0, color="0.5", lw=1)
    ax.plot(z, linear, "C3-.")
    ax.plot(z, ce, "C0--")
    ax.plot(z, se, "C1-")
    ax.text(0.15, -3.1, "squared error,\nlinear output", color="C3")
    ax.text(-5.9, -1.55, "cross-entropy", color="C0")
    ax.text(-5.9, 0.25, "squared error through a sigmoid", color="C1")
    ax.text(2.1, 1.5, "right, and still pulled back", color="C3")
    ax.set(xlim=(-6, 6), ylim=(-4, 3), xlabel="output z, target 1")
    ax.set_title("Gradient in the output")
    return fig
