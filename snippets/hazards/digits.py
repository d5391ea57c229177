import matplotlib.pyplot as plt
import numpy as np

import lossref


def bfloat16(x):
    bits = np.float32(x).view(np.uint32)
    up = np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))
    return ((bits + up) & np.uint32(0xFFFF0000)).view(np.float32)


FORMATS = {
    "bfloat16": (bfloat16, "C3:"),
    "float16": (np.float16, "C2-."),
    "float32": (np.float32, "C1--"),
    "float64": (np.float64, "C0-"),
}
z = np.linspace(0.5, 40, 1581)
true = lossref.sigmoid_cross_entropy(z, np.zeros(z.size))


def worst(fl):
    p = fl(1 / fl(1 + fl(np.exp(-z)))).astype(float)
    with np.errstate(divide="ignore"):
        error = abs(-np.log(1 - p) / true - 1)
    return np.array([error[max(i - 40, 0) : i + 1].max() for i in range(z.size)])


errors = {name: worst(fl) for name, (fl, _) in FORMATS.items()}
for name, error in errors.items():
    lost = z[error > 0.01][0]
    gone = z[np.isinf(error)][0]
    print(f"{name}: off by 1 % from logit {lost:.1f}, infinite from {gone:.1f}")


def figure() -> plt.Figure:
    """Relative error of the loss, computed from a rounded probability, against the
    logit of a wrong answer from 0.5 to 40, for four float formats; the error axis is
    logarithmic. Each line rises steadily with the same slope and stops where the loss
    becomes infinite: bfloat16 near logit 5.5, float16 near 7.6, float32 near 16.6 and
    float64 near 36.7. The more bits, the later the line starts and stops."""
    fig, ax = plt.subplots(figsize=(5.6, 4))
    ends = [(0.7, 0.4), (8.3, 0.05), (14.5, 5e-6), (29, 1e-7)]
    for (name, error), (x, y) in zip(errors.items(), ends, strict=True):
        style = FORMATS[name][1]
        keep = np.isfinite(error) & (error > 0)
        ax.semilogy(z[keep], error[keep], style)
        ax.plot(z[keep][-1], error[keep][-1], style[:2] + "o", ms=4)
        ax.text(x, y, name, color=style[:2])
    ax.set(xlim=(0, 40), ylim=(1e-16, 2))
    ax.set(xlabel="logit, target 0", ylabel="relative error of −log(1 − p)")
    return fig
