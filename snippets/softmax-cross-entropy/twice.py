import matplotlib.pyplot as plt
import numpy as np

import lossref

for classes in (2, 3, 4, 10, 1000):
    p = np.eye(classes)[:2]
    right, wrong = lossref.softmax_cross_entropy(p, [0, 0])
    print(f"{classes:4d} classes: double softmax from {right:.3f} to {wrong:.3f}")
margin = np.linspace(-10, 10, 401)
z = np.zeros((margin.size, 10))
z[:, 0] = margin
c = np.zeros(margin.size, dtype=int)
p = lossref.softmax(z)
once = lossref.softmax_cross_entropy(z, c)
twice = lossref.softmax_cross_entropy(p, c)


def figure() -> plt.Figure:
    """Two panels over the logit of the right class from minus 10 to 10, the nine
    other logits being zero. Above, the loss: the usual cross-entropy falls in a
    straight line from 12 and then to zero; with a second softmax it is nearly flat,
    from 2.4 down to 1.46. Below, the size of the slope: the usual one is nearly 1
    on the left and falls to zero; with the second softmax it is zero on both sides
    with a low hump near the logit 2."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.4), sharex=True)
    top.plot(margin, once, "C0-")
    top.plot(margin, twice, "C1--")
    top.text(-5.6, 8.4, "once", color="C0")
    top.text(-9.6, 1.0, "twice, never below 1.46", color="C1")
    top.set(title="Loss", ylim=(0, 12.5))
    jacobian = lossref.softmax_cross_entropy_hess(z, c)
    outer = lossref.softmax_cross_entropy_grad(p, c)
    low.plot(margin, -lossref.softmax_cross_entropy_grad(z, c)[:, 0], "C0-")
    low.plot(margin, -np.einsum("ijk,ik->ij", jacobian, outer)[:, 0], "C1--")
    low.text(-5, 0.88, "once", color="C0")
    low.text(-5, 0.16, "twice", color="C1")
    low.set(title="Pull on the right logit", ylim=(0, 1.06))
    low.set(xlim=(-10, 10), xlabel="logit of the right class, the nine others being 0")
    return fig
