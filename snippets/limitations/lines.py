import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

import lossref

rng = np.random.default_rng(0)
label = np.repeat([0, 1, 2], 500)
x = 3.0 * label - 3 + rng.normal(size=1500)
design = np.column_stack([np.ones_like(x), x])
weights = np.linalg.lstsq(design, np.eye(3)[label], rcond=None)[0]
slopes = np.zeros((2, 3))
for _ in range(2000):
    grad = lossref.softmax_cross_entropy_value_and_grad(design @ slopes, label)[1]
    slopes -= 0.3 * design.T @ grad
grid = np.linspace(-6, 6, 121)
points = np.column_stack([np.ones_like(grid), grid])
print(
    "middle line: slope", abs(weights[1, 1]).round(2), "height", weights[0, 1].round(2)
)


def figure() -> Figure:
    """Above, three straight lines; the middle one is flat at 1/3 and never the highest.
    Below, three softmax curves; the middle one is the highest near the center."""
    fig, (above, below) = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    for ax, values in (
        (above, points @ weights),
        (below, lossref.softmax(points @ slopes)),
    ):
        for k, style in enumerate(("C0-", "C1--", "C2-.")):
            ax.plot(grid, values[:, k], style, label=f"class {k}")
        ax.set_ylim(-0.6, 1.4)
    above.set_title("least squares on one-hot targets")
    below.set(title="softmax and cross-entropy", xlabel="input")
    above.legend()
    return fig
