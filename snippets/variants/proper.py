import matplotlib.pyplot as plt
import numpy as np

import lossref

reported = np.linspace(0.002, 0.998, 499)
z = np.log(reported) - np.log1p(-reported)
ones, zeros = np.ones_like(z), np.zeros_like(z)


def true_probability(gamma):
    for_one = lossref.focal_grad(z, ones, gamma=gamma)
    for_zero = lossref.focal_grad(z, zeros, gamma=gamma)
    return for_zero / (for_zero - for_one)


for truth in (0.1, 0.3, 0.5, 0.8):
    says = [np.interp(truth, true_probability(g), reported) for g in (0, 2, 5)]
    print(f"truth {truth}: gamma 0, 2, 5 say", *(f"{value:.3f}" for value in says))


def figure() -> plt.Figure:
    """The probability that minimizes the expected focal loss, against the true
    probability. For gamma 0 it is the diagonal. For gamma 2 the curve is pulled
    toward one half: it starts steeply at 0, crosses the diagonal at one half and is
    below it afterward. For gamma 5 the pull is stronger still."""
    fig, ax = plt.subplots(figsize=(4.6, 4.3))
    for gamma, style in ((0, "C0-"), (2, "C2--"), (5, "C3-.")):
        ax.plot(true_probability(gamma), reported, style)
    ax.text(0.82, 0.9, "γ = 0", color="C0", ha="right")
    ax.text(0.065, 0.185, "γ = 2", color="C2")
    ax.text(0.12, 0.46, "γ = 5", color="C3")
    ax.text(0.06, 0.86, "too modest\nabout both\nclasses", va="top")
    ax.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set(xlabel="true probability", ylabel="probability that the loss asks for")
    return fig
