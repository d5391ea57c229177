import matplotlib.pyplot as plt
import numpy as np

import lossref

x = np.linspace(-16, 16, 641)


def bell(center, width):
    return lossref.softmax(-0.5 * ((x - center) / width) ** 2)


p = 0.6 * bell(-3, 0.9) + 0.4 * bell(3, 0.9)
centers, widths = np.meshgrid(np.linspace(-4, 4, 81), np.linspace(0.5, 4, 71))
q = bell(centers.reshape(-1, 1), widths.reshape(-1, 1))
p_rows = np.broadcast_to(p, q.shape)
best = [
    np.argmin(lossref.kl_divergence(p_rows, q)),
    np.argmin(lossref.kl_divergence(q, p_rows)),
]
forward, backward = ((centers.flat[k], widths.flat[k]) for k in best)
print(f"KL(p, q) is least at center {forward[0]:.1f}, width {forward[1]:.2f}")
print(f"KL(q, p) is least at center {backward[0]:.1f}, width {backward[1]:.2f}")
print(f"mean of p: {p @ x:.1f}, width of p: {np.sqrt(p @ x**2 - (p @ x) ** 2):.2f}")


def figure() -> plt.Figure:
    """A distribution with two humps, the left one higher, drawn as a gray area over
    x from minus 8 to 8. The single bell that minimizes KL from p to q, dashed, is
    wide and covers both humps, with its top between them. The one that minimizes KL
    in the other direction, solid, is narrow and sits on the left hump alone."""
    fig, ax = plt.subplots()
    ax.fill_between(x, p, color="0.5", alpha=0.3, lw=0)
    ax.plot(x, bell(*forward), "C0--")
    ax.plot(x, bell(*backward), "C1-")
    ax.text(-7.9, 0.0215, "min KL(q‖p):\none hump", color="C1")
    ax.text(-0.9, 0.0104, "min KL(p‖q): covers both", color="C0")
    ax.text(3, 0.0012, "p", ha="center")
    ax.set(xlim=(-8, 8), ylim=(0, 0.026), yticks=[], xlabel="x", ylabel="probability")
    return fig
