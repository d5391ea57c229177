import matplotlib.pyplot as plt
import numpy as np

import lossref

z, y = -0.5, 0.0
exact = lossref.sigmoid_squared_error_grad(z, y)


def f(x):
    return lossref.sigmoid_squared_error(x, y)


def complex_f(x):
    return (1 / (1 + np.exp(-x)) - y) ** 2


rules = {
    "forward": lambda h: (f(z + h) - f(z)) / h,
    "two points": lambda h: (f(z + h) - f(z - h)) / (2 * h),
    "four points": lambda h: lossref.numerical_gradient(f, z, step=h),
    "complex step": lambda h: complex_f(z + 1j * h).imag / h,
}
for name, rule in rules.items():
    far, near = abs(rule(0.1) - exact), abs(rule(0.05) - exact)
    print(f"{name:12s} half the step, error divided by {far / near:5.1f}")


def figure() -> plt.Figure:
    """Relative error of four numerical derivatives against the step, both on
    logarithmic axes, steps from 1e-15 to 1. Three curves have the shape of a V: on
    the left all fall together, as rounding loses its weight; on the right the
    forward difference rises slowly, two points faster, four points fastest, so its
    lowest point is deepest. The complex step has no left arm: it stays at rounding
    error for all small steps."""
    fig, ax = plt.subplots(figsize=(5.6, 4.2))
    steps = 10.0 ** np.arange(-15, 0.01, 0.25)
    for rule, style in zip(rules.values(), ("C1:", "C2--", "C0-", "C3-."), strict=True):
        error = np.array([abs(float(rule(h)) / exact - 1) for h in steps])
        ax.loglog(steps, np.maximum(error, 1e-17), style)
    ax.text(2e-6, 3e-5, "forward", color="C1", ha="right")
    ax.text(3e-4, 3e-7, "two points", color="C2", ha="right")
    ax.text(8e-3, 1e-15, "four\npoints", color="C0", ha="left")
    ax.text(1e-14, 4e-15, "complex step", color="C3")
    ax.set(xlim=(1e-15, 1), ylim=(3e-18, 10))
    ax.set(xlabel="step h", ylabel="relative error of the derivative")
    return fig
