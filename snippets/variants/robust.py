import matplotlib.pyplot as plt
import numpy as np

import lossref

r = np.linspace(-4, 4, 401)
zero = np.zeros_like(r)
curves = {
    "half squared": (
        lossref.squared_error(r, zero) / 2,
        lossref.squared_error_grad(r, zero) / 2,
        "C1-",
    ),
    "Huber, δ = 1": (
        lossref.huber(r, zero),
        lossref.huber_grad(r, zero),
        "C2--",
    ),
    "absolute": (
        lossref.absolute_error(r, zero),
        lossref.absolute_error_grad(r, zero),
        "C3:",
    ),
}
for name, (loss, pull, _) in curves.items():
    print(f"{name:12s} at residual 4: loss {loss[-1]:.1f}, gradient {pull[-1]:.1f}")


def figure() -> plt.Figure:
    """Two panels over the residual from minus 4 to 4. Above, the losses: half the
    squared error is a parabola up to 8; the absolute error is a V up to 4; the Huber
    loss is a parabola near zero and runs parallel to the V, half a unit below.
    Below, the gradients: that of the squared error is a straight line through zero,
    that of the absolute error jumps from minus 1 to 1, and that of the Huber loss
    follows the line between minus 1 and 1 and is constant outside."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.8), sharex=True)
    for loss, pull, style in curves.values():
        top.plot(r, loss, style)
        low.plot(r, pull, style)
    top.text(2.35, 4.2, "half squared", color="C1", ha="right")
    top.text(-3.95, 4.25, "absolute", color="C3")
    top.text(2.75, 1.55, "Huber, δ = 1", color="C2")
    top.set(title="Loss", ylim=(0, 5.2))
    low.text(2.1, 2.6, "half squared", color="C1", ha="right")
    low.text(-0.15, 1.15, "absolute", color="C3", ha="right")
    low.text(2.4, 0.55, "Huber, δ = 1", color="C2")
    low.set(title="Gradient: the pull of one example", ylim=(-3.2, 3.2))
    low.set(xlabel="residual ŷ − y", xlim=(-4, 4))
    return fig
