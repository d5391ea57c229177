import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-8, 6, 701)
y = np.ones_like(z)
curves = {gamma: -lossref.focal_grad(z, y, gamma=gamma) for gamma in (0, 2, 5)}
for gamma, pull in curves.items():
    at = [pull[np.isclose(z, point)][0] for point in (-4, 0, 2)]
    print(f"gamma {gamma}: pull at -4, 0, 2 is", " ".join(f"{v:.4f}" for v in at))


def figure() -> plt.Figure:
    """The pull toward the target 1, minus the gradient, against the logit from minus
    8 to 6. For gamma 0, cross-entropy, it is near 1 on the left and falls through one
    half at zero. For gamma 2 and 5 it first rises above 1, to 1.13 and 1.31 near
    logit minus 3, then falls steeply and is almost zero right of logit 1."""
    fig, ax = plt.subplots()
    for (_, pull), style in zip(curves.items(), ("C0-", "C2--", "C3-."), strict=True):
        ax.plot(z, pull, style)
    ax.axhline(1, color="0.5", lw=1)
    ax.text(1.0, 0.42, "γ = 0, cross-entropy", color="C0")
    ax.text(0.02, 0.62, "γ = 2", color="C2", ha="left")
    ax.text(-1.55, 1.18, "γ = 5", color="C3")
    ax.text(3.1, 0.1, "easy: hardly heard", ha="left")
    ax.text(-7.8, 1.27, "hard: heard more", ha="left")
    ax.set(xlim=(-8, 6), ylim=(0, 1.4), xlabel="logit z, for the target 1")
    ax.set_ylabel("pull toward the target")
    return fig
