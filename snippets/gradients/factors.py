import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-8, 8, 321)
p = lossref.sigmoid(z)
y = np.zeros_like(z)
slope = p * (1 - p)
outer = {
    "squared error": lossref.squared_error_grad(p, y),
    "cross-entropy": lossref.binary_cross_entropy_grad(p, y),
}
for name, factor in outer.items():
    print(f"{name}: {factor[-1]:.6g} x {slope[-1]:.3g} = {factor[-1] * slope[-1]:.3g}")


def figure() -> plt.Figure:
    """Two panels on a logarithmic scale over the logit from minus 8 to 8, target 0.
    Each has a dashed line for the derivative in the probability, a dotted one for the
    slope of the sigmoid, which falls on both sides, and a solid one for their product.
    Above, squared error: the dashed line levels off at 2 and the product falls with
    the slope. Below, cross-entropy: the dashed line rises as fast as the slope falls,
    and the product levels off at 1."""
    fig, axes = plt.subplots(2, 1, figsize=(5.6, 6), sharex=True, sharey=True)
    for ax, (name, factor), color in zip(
        axes, outer.items(), ("C1", "C0"), strict=True
    ):
        ax.axvspan(0, 8, color="0.5", alpha=0.12, lw=0)
        ax.semilogy(z, factor, f"{color}--")
        ax.semilogy(z, slope, "C2:")
        ax.semilogy(z, factor * slope, f"{color}-")
        ax.set(title=f"{name.capitalize()}: the gradient is a product", xlim=(-8, 8))
        ax.text(-7.8, 0.006, "slope of σ", color="C2")
        ax.text(7.8, 2e-6, "wrong side", ha="right")
    top, low = axes
    top.text(7.8, 4, "derivative in p", color="C1", ha="right")
    top.text(7.8, 0.03, "product", color="C1", ha="right")
    low.text(4.6, 300, "derivative in p", color="C0", ha="right")
    low.text(7.8, 0.2, "product", color="C0", ha="right")
    low.set(xlabel="logit z, target 0", ylim=(1e-7, 1e4))
    return fig
