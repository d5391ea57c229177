import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-30, 4, 681)
one = np.ones_like(z)
eps = 1e-7
clipped = np.clip(lossref.sigmoid(z), eps, 1 - eps)
loss = lossref.binary_cross_entropy(clipped, one)
inside = (clipped > eps) & (clipped < 1 - eps)
slope = np.where(inside, lossref.sigmoid_cross_entropy_grad(z, one), 0)
true = lossref.sigmoid_cross_entropy(z, one)
print(f"loss at logit -30: clipped {loss[0]:.3f}, true {true[0]:.3f}")
print(f"clipped gradient is 0 up to logit {z[~inside & (z < 0)][-1]:.1f}")


def figure() -> plt.Figure:
    """Two panels over the logit from minus 30 to 4, for the target 1. Above, the
    loss: computed from the logit it is a straight line down to 0; with clipped
    probabilities it is flat at 16 to the left of minus 16 and the same elsewhere.
    Below, the gradient: minus 1 on the left without clipping; 0 to the left of
    minus 16 with it, then a jump to minus 1 and the same curve."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    top.plot(z, true, "C0--")
    top.plot(z, loss, "C1-")
    top.set(title="Loss", ylim=(-1, 31))
    top.text(-22, 25, "from the logit", color="C0")
    top.text(-29, 12.5, "probability clipped", color="C1")
    low.plot(z, lossref.sigmoid_cross_entropy_grad(z, one), "C0--")
    low.plot(z, slope, "C1-")
    low.set(title="Gradient in the logit", xlabel="logit, target 1", ylim=(-1.15, 0.15))
    low.text(-29, -0.92, "from the logit", color="C0")
    low.text(-29, -0.12, "clipped", color="C1")
    return fig
