import matplotlib.pyplot as plt
import numpy as np

import lossref

p = np.linspace(0.001, 0.999, 999)
z = np.log(p) - np.log1p(-p)
y = np.ones_like(p)
in_p = lossref.binary_cross_entropy_grad(p, y)
in_z = lossref.sigmoid_cross_entropy_grad(z, y)
for k in (0, 99, 499, 899):
    print(f"p = {p[k]:.3f}: gradient in p {in_p[k]:9.3f}, in z {in_z[k]:6.3f}")


def figure() -> plt.Figure:
    """Two panels over the probability p from 0 to 1, for the target 1, both with the
    size of the gradient of the binary cross-entropy. Above, in the probability: the
    curve 1/p falls from beyond the top of the panel to 1. Below, in the logit: a
    straight line falls from 1 at p = 0 to 0 at p = 1."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.2), sharex=True)
    top.plot(p, -in_p, "C0--")
    top.text(0.2, 6.4, "1/p, without bound", color="C0")
    top.set(title="Pull on the probability p", ylim=(0, 12))
    low.plot(p, -in_z, "C0-")
    low.text(0.46, 0.6, "1 − p, at most 1", color="C0")
    low.set(title="Pull on the logit z", ylim=(0, 1.05))
    low.set(xlim=(0, 1), xlabel="predicted probability p, for the target 1")
    return fig
