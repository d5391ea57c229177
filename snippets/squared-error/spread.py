import matplotlib.pyplot as plt
import numpy as np

import lossref

classes = 10
right = np.linspace(0, 1, 201)
even = np.tile((1 - right)[:, np.newaxis] / (classes - 1), (1, classes))
one = np.zeros((right.size, classes))
even[:, 0] = one[:, 0] = right
one[:, 1] = 1 - right
labels = np.zeros(right.size, dtype=int)
low, high = lossref.brier_score(even, labels), lossref.brier_score(one, labels)

for p in (0.0, 0.5, 0.9):
    at = np.isclose(right, p)
    print(f"p = {p}: Brier score from {low[at][0]:.4f} to {high[at][0]:.4f}")


def figure() -> plt.Figure:
    """The Brier score for ten classes against the probability of the right class,
    from 0 to 1. Two falling curves enclose a shaded band. The upper one, for all
    remaining probability on a single wrong class, starts at 2; the lower one, for
    the rest spread evenly over nine classes, starts at 1.11. They meet at 0 when
    the probability is 1."""
    fig, ax = plt.subplots()
    ax.fill_between(right, low, high, color="C1", alpha=0.18, lw=0)
    ax.plot(right, high, "C1-")
    ax.plot(right, low, "C1--")
    ax.text(0.27, 1.2, "the rest on one wrong class: 2(1 − p)²", color="C1")
    ax.text(0.02, 0.2, "the rest spread\nover nine classes", color="C1")
    ax.set(xlim=(0, 1), ylim=(0, 2.05), ylabel="Brier score, ten classes")
    ax.set(xlabel="probability p of the right class")
    return fig
