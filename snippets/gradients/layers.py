import matplotlib.pyplot as plt
import numpy as np

import lossref

depth, width = 6, 20
sizes = [width] * depth + [1]


def norms(loss_grad, seed, relu=False):
    rng = np.random.default_rng(seed)
    scale = np.sqrt((2 if relu else 1) / width)
    weights = [rng.normal(0, scale, (width, size)) for size in sizes]
    x, y = rng.normal(size=(64, width)), rng.integers(0, 2, (64, 1))
    kept = [x]
    for W in weights[:-1]:
        z = kept[-1] @ W
        kept.append(np.maximum(z, 0) if relu else lossref.sigmoid(z))
    delta, found = loss_grad(kept[-1] @ weights[-1], y) / 64, []
    for W, a in zip(weights[::-1], kept[::-1], strict=True):
        found.append(np.linalg.norm(a.T @ delta))
        delta = (delta @ W.T) * ((a > 0) if relu else a * (1 - a))
    return np.array(found[::-1])


def median(loss_grad, relu=False):
    return np.median([norms(loss_grad, seed, relu) for seed in range(20)], axis=0)


ce = median(lossref.sigmoid_cross_entropy_grad)
se = median(lossref.sigmoid_squared_error_grad)
relu = median(lossref.sigmoid_cross_entropy_grad, relu=True)
curves = {"cross-entropy": ce, "squared error": se, "with ReLU": relu}
for name, found in curves.items():
    print(f"{name:13s}: layer 1 {found[0]:.1e}, layer 7 {found[-1]:.1e}")


def figure() -> plt.Figure:
    """Norm of the weight gradient on a logarithmic scale for layers 1 to 7. With
    sigmoid hidden layers the lines of the two losses fall side by side from layer 7
    to layer 1, by about four powers of ten. With ReLU hidden layers the line of
    cross-entropy is nearly level."""
    fig, ax = plt.subplots()
    layers = np.arange(1, depth + 2)
    ax.plot(layers, relu, "C2^:")
    ax.plot(layers, ce, "C0s--")
    ax.plot(layers, se, "C1o-")
    ax.text(1.2, 2.5, "cross-entropy, ReLU layers", color="C2")
    ax.text(4.0, 8e-3, "cross-entropy,\nsigmoid layers", color="C0", ha="right")
    ax.text(4.4, 1e-4, "squared error,\nsigmoid layers", color="C1")
    ax.set(yscale="log", ylim=(1e-6, 10), xlabel="layer (7 is the output)")
    ax.set_title("Norm of the weight gradient at the start")
    return fig
