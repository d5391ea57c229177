import matplotlib.pyplot as plt
import numpy as np

import lossref

z = np.linspace(0.1, 30, 600, dtype=np.float32)
one = np.ones_like(z)
true = lossref.sigmoid_cross_entropy(z.astype(np.float64), one.astype(np.float64))
forms = {
    "logarithm of the sigmoid": -np.log(1 / (1 + np.exp(-z))),
    "softplus(z) minus z": np.logaddexp(np.float32(0), z) - z,
    "lossref": lossref.sigmoid_cross_entropy(z, one),
}
errors = {name: np.abs(value - true) / true for name, value in forms.items()}
near_twelve = np.abs(z - 12) < 1
print("worst relative error for logits from 11 to 13")
for name, error in errors.items():
    size = "over 1e-3" if error[near_twelve].max() > 1e-3 else "below 3e-7"
    print(f"{name:24s} {size}")
assert errors["lossref"].max() < 3e-7


def figure() -> plt.Figure:
    """Relative error of a float32 loss on a logarithmic scale against the logit
    from 0 to 30, for the target 1. The logarithm of the sigmoid and the difference
    of softplus and logit rise from rounding error along a ragged line and reach 1,
    no right digit, at logit 17. lossref stays at rounding error throughout."""
    fig, ax = plt.subplots()
    shown = {name: np.maximum(error, 1e-9) for name, error in errors.items()}
    ax.plot(z, shown["logarithm of the sigmoid"], "C3-", lw=1)
    ax.plot(z, shown["softplus(z) minus z"], "C1:", lw=1.2)
    ax.plot(z, shown["lossref"], "C0-", lw=1)
    ax.text(8, 2e-1, "textbook forms", color="C1", ha="center")
    ax.text(22, 1e-6, "lossref", color="C0", ha="center")
    ax.axvline(24 * np.log(2), color="0.5", ls="--", lw=1)
    ax.text(17, 3e-5, "from here on\nthe sigmoid is 1", color="0.4")
    ax.set(yscale="log", ylim=(1e-9, 10), xlim=(0, 30), xlabel="logit, target 1")
    ax.set_title("Relative error of the loss, float32")
    return fig
