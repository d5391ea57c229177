import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(2)
y = np.repeat([0.0, 1.0], 20)
X = rng.normal((2 * y - 1)[:, None] * [2.0, 1.0], 0.5)
largest = np.linalg.eigvalsh(X.T @ X / 40).max()
steps = 10_000


def descend(gradient, rate):
    w, path = np.zeros(2), []
    for _ in range(steps):
        w = w - rate * (X.T @ gradient(w)) / 40
        path.append(w)
    return np.array(path)


ce = descend(lambda w: lossref.sigmoid_cross_entropy_grad(X @ w, y), 4 / largest)
se = descend(lambda w: lossref.squared_error_grad(X @ w, 2 * y - 1), 0.5 / largest)
fit = np.linalg.lstsq(X, 2 * y - 1, rcond=None)[0]
rest = lossref.mean_squared_error(X @ fit, 2 * y - 1)
marks = np.unique(np.geomspace(1, steps, 61).round().astype(int)) - 1
loss = np.array([lossref.sigmoid_cross_entropy(X @ w, y).mean() for w in ce[marks]])
square = [lossref.mean_squared_error(X @ w, 2 * y - 1) for w in se[marks]]
excess = np.array(square) - rest
norm_ce, norm_se = (np.linalg.norm(path[marks], axis=1) for path in (ce, se))
for t in (10, 100, 1000, 10_000):
    k = np.abs(marks + 1 - t).argmin()
    print(
        f"step {t:6,d}: cross-entropy {loss[k]:.1e}, length {norm_ce[k]:.2f};",
        f"least squares, length {norm_se[k]:.4f}",
    )
right = [bool(((X @ path[-1] > 0) == y).all()) for path in (ce, se)]
print("all points on the right side:", right)


def figure() -> plt.Figure:
    """Two panels against the number of steps from 1 to 10000 on a logarithmic
    scale. Above, distance of the loss from its smallest possible value,
    logarithmic: least squares drops steeply to rounding error within some tens of
    steps; cross-entropy bends into a straight line, about a power of ten for each
    power of ten of steps. Below, length of the weights: least squares is level,
    cross-entropy keeps rising."""
    fig, (top, low) = plt.subplots(2, 1, figsize=(5.6, 5.6), sharex=True)
    t = marks + 1
    shown = excess > 1e-12
    top.plot(t, loss, "C0--")
    top.plot(t[shown], excess[shown], "C1-")
    top.set(xscale="log", yscale="log", ylim=(1e-12, 3))
    top.set_title("Loss above its infimum")
    top.text(300, 2e-2, "cross-entropy", color="C0")
    top.text(150, 1e-8, "least squares", color="C1")
    low.plot(t, norm_ce, "C0--")
    low.plot(t, norm_se, "C1-")
    low.set(xscale="log", ylim=(0, None), title="Length of the weights")
    low.text(60, 2.9, "cross-entropy", color="C0", ha="right")
    low.text(400, 0.75, "least squares", color="C1")
    low.set(xlabel="steps of gradient descent", xlim=(1, steps))
    return fig
