import matplotlib.pyplot as plt
import numpy as np

import lossref

soft, hard = np.array([0.6, 0.3, 0.1]), np.array([1.0, 0.0, 0.0])
corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.75**0.5]])
steps = np.linspace(0.002, 0.998, 140)
a, b = (grid.ravel() for grid in np.meshgrid(steps, steps))
p = np.stack([a * (1 - b), (1 - a) * (1 - b), b], axis=1)
x, y = p @ corners[:, 0], p @ corners[:, 1]
for t in (hard, soft):
    t_rows = np.broadcast_to(t, p.shape)
    lowest = lossref.categorical_cross_entropy(p, t_rows).min()
    print(f"target {t}: entropy {lossref.entropy(t):.3f}, smallest {lowest:.3f}")


def figure() -> plt.Figure:
    """Two triangles whose points are the distributions over three classes, with
    lines of equal cross-entropy. Left, for the target class 1: parallel straight
    lines, closer and closer toward the side opposite to corner 1; the minimum, zero,
    is the corner itself. Right, for the target 0.6, 0.3, 0.1: closed egg-shaped
    curves around a dot inside the triangle, where the loss is 0.90."""
    fig, axes = plt.subplots(1, 2, figsize=(7.2, 3.5))
    titles = "target: class 1", "target: 0.6, 0.3, 0.1"
    all_levels = (0.25, 0.5, 1, 1.5, 2, 3), (1.0, 1.2, 1.5, 2)
    for ax, t, levels, title in zip(
        axes, (hard, soft), all_levels, titles, strict=True
    ):
        t_rows = np.broadcast_to(t, p.shape)
        loss = lossref.categorical_cross_entropy(p, t_rows)
        lines = ax.tricontour(x, y, loss, levels=levels, colors="C0", linewidths=1.2)
        ax.clabel(lines, fmt="%g", fontsize=8)
        ax.fill(*corners.T, fill=False, ec="0.5", lw=1.5)
        ax.plot(*(t @ corners), "C1o", ms=8)
        for (cx, cy), name in zip(corners, "123", strict=True):
            sideways = 0.07 * (2 * cx - 1)
            ax.text(
                cx + sideways,
                cy + 0.05 * (cy > 0) - 0.04 * (cy == 0),
                name,
                ha="center",
            )
        ax.set(aspect="equal", title=title, xlim=(-0.12, 1.12), ylim=(-0.08, 0.98))
        ax.axis("off")
    return fig
