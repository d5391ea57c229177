import matplotlib.pyplot as plt
import numpy as np

import lossref

soft, hard = np.array([0.6, 0.3, 0.1]), np.array([1.0, 0.0, 0.0])
corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]])
steps = np.linspace(0.002, 0.998, 140)
a, b = (grid.ravel() for grid in np.meshgrid(steps, steps))
p = np.stack([a * (1 - b), (1 - a) * (1 - b), b], axis=1)


def loss(p, t):
    return lossref.categorical_cross_entropy(p, np.broadcast_to(t, p.shape))


for t in (hard, soft):
    entropy = lossref.entropy(t)
    print(f"target {t}: entropy {entropy:.3f}, smallest {loss(p, t).min():.3f}")


def figure() -> plt.Figure:
    """Two triangles, one below the other, whose points are the distributions over
    three classes, with lines of equal cross-entropy. Above, for the target class 1:
    parallel straight lines for the losses 0.25, 0.5, 1 and 2, the last one near the
    side opposite to corner 1; the minimum, zero, is that corner. Below, for the
    target 0.6, 0.3, 0.1: closed egg-shaped curves around a dot inside, where the loss
    is 0.90."""
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 7.4))
    titles = "target: class 1", "target: 0.6, 0.3, 0.1"
    levels = (0.25, 0.5, 1, 2), (1.0, 1.2, 1.5, 2)
    for ax, t, title, heights in zip(axes, (hard, soft), titles, levels, strict=True):
        ax.tricontour(
            *(p @ corners).T, loss(p, t), heights, colors="C0", linewidths=1.2
        )
        ax.fill(*corners.T, fill=False, ec="0.5", lw=1.5)
        ax.plot(*(t @ corners), "C1o", ms=9)
        end = np.array([0.0, 0.5, 0.5]) if t is hard else np.array([0.0, 0.0, 1.0])
        ray = np.linspace(t, 0.99 * end + 0.01 / 3, 4000)
        along = loss(ray, t)
        for level in heights:
            at = ray[np.argmax(along > level)] @ corners
            box = {"fc": "#fefefe", "ec": "none", "pad": 1.5}
            ax.text(*at, f"{level:g}", color="C0", ha="center", va="center", bbox=box)
        for (x, y), name in zip(corners, "123", strict=True):
            ax.text(x + 0.14 * (x - 0.5), y + 0.07 * (y > 0) - 0.02, name, ha="center")
        ax.set(aspect="equal", title=title, xlim=(-0.12, 1.12), ylim=(-0.04, 0.98))
        ax.axis("off")
    return fig
