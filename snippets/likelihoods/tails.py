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
    """Above, a bell curve and a peaked Laplace density that is higher in the tails.
    Below, their negative logarithms: a parabola, and a V that crosses below it."""
    fig, (above, below) = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    for ax, f in ((above, lambda d: d), (below, lambda d: -np.log(d))):
        ax.plot(e, f(gaussian), "C1--", label="Gaussian")
        ax.plot(e, f(laplace), "C2", label="Laplace")
    above.set_title("density of the noise")
    below.set(title="negative log-likelihood", xlabel="residual")
    above.legend()
    return fig
