import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(-8, 8, 641)
y = np.ones_like(z)
losses = lossref.sigmoid_cross_entropy(z, y), lossref.sigmoid_squared_error(z, y)
pulls = (
    -lossref.sigmoid_cross_entropy_grad(z, y),
    -lossref.sigmoid_squared_error_grad(z, y),
)

for at in (-8, -4, 0, 4):
    ce, se = (pull[z == at][0] for pull in pulls)
    print(f"logit {at:2d}: pull of cross-entropy {ce:.4f}, of squared error {se:.4f}")


def figure() -> plt.Figure:
    """Two panels over the same axis, the logit from minus 8 to 8 for the target 1.
    Above, the losses: cross-entropy falls along a straight slope from 8 to zero,
    squared error starts flat at 1 and falls to zero around logit zero. Below, the pull
    toward the target: under cross-entropy it is nearly 1 on the far left and falls to
    zero on the right; under squared error it is nearly zero on the far left, has a low
    hump left of zero, and is zero again on the right."""
    fig, axes = plt.subplots(2, 1, figsize=(4.7, 5.2), sharex=True)
    for ax, (ce, se) in zip(axes, (losses, pulls), strict=True):
        ax.axvspan(-8, -4, color="0.5", alpha=0.13, lw=0)
        ax.plot(z, ce, "C0-")
        ax.plot(z, se, "C1--")
    top, low = axes
    top.text(-5, 5.5, "cross-entropy", color="C0")
    top.text(-7.8, 1.25, "squared error", color="C1")
    top.set(title="Loss", ylim=(0, 8.2))
    low.text(-1.4, 0.86, "cross-entropy, 1 − p", color="C0")
    low.text(-3.7, 0.33, "squared error\n2p(1 − p)²\n≤ 8/27", color="C1")
    for row, line in enumerate(("sure and wrong:", "squared error", "lets go")):
        low.text(-6, 0.45 - 0.08 * row, line, ha="center")
    low.set(title="Pull toward the target (minus the gradient)", ylim=(0, 1.06))
    low.set(xlabel="logit z, for the target 1", xlim=(-8, 8))
    return fig
