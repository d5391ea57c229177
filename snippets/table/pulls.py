import matplotlib.pyplot as plt
import numpy as np

import lossref

x = np.linspace(-6, 6, 481)
zero = np.zeros_like(x)
pulls = {
    "cross-entropy,\nsigmoid": (
        "C0-",
        "logit",
        lossref.sigmoid_cross_entropy_grad(x, zero),
    ),
    "squared error,\nsigmoid": (
        "C1--",
        "logit",
        lossref.sigmoid_squared_error_grad(x, zero),
    ),
    "squared error,\nlinear output": (
        "C1-",
        "prediction",
        lossref.squared_error_grad(x, zero),
    ),
}
for name, (_, _, gradient) in pulls.items():
    print(f"{name.replace(chr(10), ' ')}: largest on this range {gradient.max():.3f}")


def figure() -> plt.Figure:
    """Three panels with the gradient for the target 0. Cross-entropy with a sigmoid
    rises from 0 to 1 and stays there. Squared error with a sigmoid has a low hump and
    returns to zero. Squared error with a linear output is a straight line that leaves
    the panel."""
    fig, axes = plt.subplots(1, 3, figsize=(5.6, 2.5), sharey=True)
    for ax, (title, (style, unit, gradient)) in zip(axes, pulls.items(), strict=True):
        ax.plot(x, gradient, style)
        ax.set(xlabel=unit, ylim=(-2.2, 2.2), xlim=(-6, 6), xticks=(-5, 0, 5))
        ax.set_title(title, color=style[:2])
    axes[0].set_ylabel("gradient, target 0")
    return fig
