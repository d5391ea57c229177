import matplotlib.pyplot as plt
import numpy as np

import lossref

p = np.linspace(0, 1, 401)
curve = lossref.entropy(np.stack([p, 1 - p], axis=1))
lines = {}
for q in (0.5, 0.8):
    lines[q] = lossref.binary_cross_entropy(np.full_like(p, q), p)
    k = int(np.argmin(np.abs(p - 0.3)))
    gap = lossref.kl_divergence([p[k], 1 - p[k]], [q, 1 - q])
    print(f"p = {p[k]:.1f}, q = {q}: {curve[k]:.4f} + {gap:.4f} = {lines[q][k]:.4f}")


def figure() -> plt.Figure:
    """The entropy of a coin against its probability p of heads, an arch from 0 over
    0.69 at one half back to 0. Above it the cross-entropy of the forecast q = 0.8, a
    straight line that falls from 1.61 to 0.22 and touches the arch at p = 0.8, and
    that of q = 0.5, a level line touching the top of the arch. At p = 0.3 an arrow
    spans the gap between the arch and the falling line: the divergence."""
    fig, ax = plt.subplots(figsize=(5.6, 3.9))
    ax.plot(p, curve, "C0-")
    ax.plot(p, lines[0.8], "C1--")
    ax.plot(p, lines[0.5], "C3:")
    for q, color in ((0.8, "C1"), (0.5, "C3")):
        ax.plot(q, lossref.entropy([q, 1 - q]), color + "o", ms=7)
    ends = curve[k], lines[0.8][k]
    ax.annotate("", (0.3, ends[1]), (0.3, ends[0]), arrowprops={"arrowstyle": "<->"})
    ax.text(0.32, 0.86, "KL(p‖q)")
    ax.text(0.3, 0.18, "H(p), entropy", color="C0", ha="center")
    ax.text(0.19, 1.42, "H(p, q), forecast q = 0.8", color="C1")
    ax.text(0.99, 0.72, "forecast q = 0.5", color="C3", ha="right")
    ax.set(xlim=(0, 1), ylim=(0, 1.7), xlabel="true probability p", ylabel="nats")
    return fig
