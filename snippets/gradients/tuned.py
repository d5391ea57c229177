import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(0)
y = np.repeat([0.0, 1.0], 50)
X = np.column_stack([rng.normal(2 * y - 1, 2.0), np.ones(100)])
rates, starts = 2.0 ** np.arange(-1, 3.5, 0.5), [0, 2, 4, 6, 8, 10]
rate, bias = np.tile(rates, len(starts)), np.repeat(starts, len(rates))
targets = np.repeat(y[:, None], len(rate), axis=1)


def fewest_steps(grad):
    best = np.zeros((2, 1))
    for _ in range(2000):
        best -= X.T @ grad(X @ best, y[:, None]) / 100
    theta, arrived = np.array([0.0 * bias, bias]), np.zeros(len(rate))
    for step in range(1, 2001):
        theta -= rate * (X.T @ grad(X @ theta, targets)) / 100
        away = np.linalg.norm(theta - best, axis=0) / np.linalg.norm(best)
        arrived[away > 0.1] = step + 1
    fastest = arrived.reshape(len(starts), -1)
    return [(int(steps.min()), rates[steps.argmin()]) for steps in fastest]


ce = fewest_steps(lossref.sigmoid_cross_entropy_grad)
se = fewest_steps(lossref.sigmoid_squared_error_grad)
for b, (steps, fast), (steps_se, fast_se) in zip(starts, ce, se, strict=True):
    print(
        f"bias {b:2d}: cross-entropy {steps:3d} steps (rate {fast:.1f}),",
        f"squared error {steps_se:4d} steps (rate {fast_se:.1f})",
    )


def figure() -> plt.Figure:
    """Number of steps on a logarithmic scale against the initial bias from 0 to 10.
    The two lines start together at a handful of steps. Cross-entropy rises slowly to
    about a dozen. Squared error rises in a straight line to more than a thousand."""
    fig, ax = plt.subplots()
    ax.plot(starts, [s for s, _ in ce], "C0s--")
    ax.plot(starts, [s for s, _ in se], "C1o-")
    ax.text(6.6, 330, "squared error", color="C1", ha="right")
    ax.text(7.6, 4.5, "cross-entropy", color="C0", ha="center")
    ax.set(yscale="log", ylim=(1, 3000), xlabel="bias at the start")
    ax.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    ax.set_title("Steps to the minimum, best of nine learning rates each")
    return fig
