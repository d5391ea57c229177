import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

import lossref

e = np.linspace(-5, 5, 401)
gaussian = np.exp(-lossref.squared_error(e, 0 * e) / 2) / np.sqrt(2 * np.pi)
laplace = np.exp(-lossref.absolute_error(e, 0 * e)) / 2
print(
    "density at residual 4:",
    f"Gaussian {gaussian[360]:.1e}, Laplace {laplace[360]:.1e}",
)


def figure() -> Figure:
    """Left, a bell curve and a peaked Laplace density that is higher in the tails.
    Right, their negative logarithms: a parabola, and a V that crosses below it."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
    for ax, f in ((left, lambda d: d), (right, lambda d: -np.log(d))):
        ax.plot(e, f(gaussian), "C1--", label="Gaussian")
        ax.plot(e, f(laplace), "C2", label="Laplace")
        ax.set_xlabel("residual")
    left.set_title("density of the noise")
    right.set_title("negative log-likelihood")
    left.legend()
    return fig
