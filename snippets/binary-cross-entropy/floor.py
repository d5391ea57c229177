import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-6, 6, 1201)
targets = (0.5, 0.75, 0.9, 1.0)
for y in targets:
    floor = lossref.entropy([y, 1 - y])
    lowest = lossref.sigmoid_cross_entropy(z, np.full_like(z, y)).min()
    print(f"target {y:4.2f}: entropy {floor:.4f}, smallest loss drawn {lowest:.4f}")


def figure() -> plt.Figure:
    """Binary cross-entropy against the logit from minus 6 to 6 for four targets.
    For the targets one half, 0.75 and 0.9 the curves are valleys, each with a dot at
    its lowest point; the dots lie at the logit of the target, at heights that fall
    from 0.69 to 0.33. The curve for the target 1 has no lowest point: it falls
    toward zero on the right. All curves become straight lines at both ends."""
    fig, ax = plt.subplots(figsize=(5.6, 3.8))
    styles = ("C3-.", "C2:", "C1--", "C0-")
    for y, style in zip(targets, styles, strict=True):
        ax.plot(z, lossref.sigmoid_cross_entropy(z, np.full_like(z, y)), style)
        if y < 1:
            at = np.log(y / (1 - y))
            ax.plot(at, lossref.entropy([y, 1 - y]), style[:2] + "o", ms=7)
    ax.text(5.95, 3.2, "y = 1/2", color="C3", ha="right")
    ax.text(5.95, 1.75, "y = 3/4", color="C2", ha="right")
    ax.text(5.95, 0.78, "y = 9/10", color="C1", ha="right")
    ax.text(5.95, 0.09, "y = 1", color="C0", ha="right")
    ax.set(xlim=(-6, 6), ylim=(0, 6), xlabel="logit z", ylabel="binary cross-entropy")
    return fig
