import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-6, 6, 241)
p = lossref.sigmoid(z)
for at in (-40.0, 0.0, 40.0):
    row = lossref.sigmoid(at), lossref.softplus(at), lossref.log_sigmoid(at)
    print(f"z = {at:3.0f}: sigmoid, softplus, log_sigmoid", *(f"{v:.4g}" for v in row))


def figure() -> plt.Figure:
    """Three curves over the logit from minus 6 to 6. The sigmoid rises from 0 through
    one half at zero to 1. Softplus is near 0 on the left and runs along the diagonal
    on the right. The derivative of the sigmoid is a low hump with its top of one
    quarter at zero, almost 0 at both ends."""
    fig, ax = plt.subplots()
    ax.plot(z, p, "C0-")
    ax.plot(z, lossref.softplus(z), "C2--")
    ax.plot(z, p * lossref.sigmoid(-z), "C3-.")
    ax.text(-1.0, 0.62, "sigmoid(z) = p", color="C0", ha="right")
    ax.text(1.35, 1.95, "softplus(z)", color="C2", ha="right")
    ax.text(2.4, 0.22, "p(1 − p), its slope", color="C3")
    ax.set(xlim=(-6, 6), ylim=(-0.05, 2.6), xlabel="logit z")
    return fig
