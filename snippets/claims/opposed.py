import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(0)
cosines = {}
for classes in (2, 3, 10):
    z = rng.normal(0, 3, (40_000, classes))
    t = rng.dirichlet(np.full(classes, 0.3), len(z))
    ce = lossref.softmax_cross_entropy_grad(z, t)
    se = lossref.softmax_squared_error_grad(z, t)
    lengths = np.linalg.norm(ce, axis=1) * np.linalg.norm(se, axis=1)
    cosines[classes] = (ce * se).sum(axis=1) / lengths
    median, least = np.median(cosines[classes]), cosines[classes].min()
    print(f"K = {classes:2d}: cosine median {median:.3f}, smallest {least:.3f}")


def figure() -> plt.Figure:
    """Share of examples whose cosine is below a value, for values from minus one to one
    and three numbers of classes. Nothing lies left of zero. With two classes all
    cosines are one; with three most are near one; with ten they spread between a few
    hundredths and one."""
    fig, ax = plt.subplots()
    ax.axvspan(-1, 0, color="0.5", alpha=0.12, lw=0)
    ax.text(-0.5, 0.5, "opposed:\nnever", ha="center", color="0.5")
    labels = {2: (0.97, 0.04), 3: (0.83, 0.1), 10: (0.55, 0.55)}
    styles = {2: "C2:", 3: "C1--", 10: "C0-"}
    for classes, found in cosines.items():
        share = np.arange(1, 401) / 400
        at = np.concatenate([[-1], np.quantile(found, share)])
        ax.plot(at, np.concatenate([[0], share]), styles[classes])
        x, y = labels[classes]
        ax.text(x, y, f"{classes} classes", color=styles[classes][:2], ha="right")
    ax.set(xlim=(-1, 1.02), ylim=(0, 1), xlabel="cosine of the two gradients")
    ax.set_title("Share of examples below")
    return fig
