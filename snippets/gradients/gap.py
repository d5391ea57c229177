import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-8, 8, 321)
y = np.zeros_like(z)
ce = lossref.sigmoid_cross_entropy_grad(z, y)
ratio = ce / lossref.sigmoid_squared_error_grad(z, y)
print(f"smallest ratio {ratio.min():.4f} at logit {abs(z[ratio.argmin()]):.0f}")
print(f"from logit 7 to 8 it grows by a factor {ratio[-1] / ratio[-21]:.3f}")


def figure() -> plt.Figure:
    """The ratio of the two gradients over the logit from minus 8 to 8, on a
    logarithmic scale. It is symmetric, a valley with its lowest point, 2, at logit 0.
    On either side it approaches a dashed straight line, half the exponential of the
    size of the logit, and passes 1000 before logit 8."""
    fig, ax = plt.subplots()
    ax.semilogy(z, ratio, "C3-")
    ax.semilogy(z, np.exp(np.abs(z)) / 2, color="0.5", ls="--", lw=1.2)
    ax.plot(0, 2, "o", color="C3")
    ax.text(0, 3.2, "2", color="C3", ha="center")
    ax.text(3.2, 40, "ratio", color="C3", ha="right")
    ax.text(5.2, 30, "½ exp |z|", color="0.5")
    ax.set(xlabel="logit z", ylim=(0.4, 3000), xlim=(-8, 8))
    ax.set_title("Gradient of cross-entropy over gradient of squared error")
    return fig
