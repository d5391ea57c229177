import matplotlib.pyplot as plt
import numpy as np

import lossref

rng = np.random.default_rng(0)
unit = 2.0**-24
spreads = np.array([1, 2, 4, 8, 16, 32])


def worst(spread, kernel):
    z = rng.uniform(-spread, spread, (4000, 10)).astype(np.float32)
    true = lossref.softmax(z.astype(np.float64))
    return (np.abs(kernel(z) - true) / true).max() / unit


def textbook(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


plain = np.array([worst(spread, textbook) for spread in spreads])
ours = np.array([worst(spread, lossref.softmax) for spread in spreads])
print("at spread 32 the textbook form is worse by a factor")
print("of at least four:", bool(plain[-1] > 4 * ours[-1]))
print("lossref stays within 8 units:", bool((ours < 8).all()))


def figure() -> plt.Figure:
    """Worst relative error of softmax probabilities in float32, in units of two to
    the minus 24, against the spread of the logits from 1 to 32. The shifted
    textbook form grows in proportion to the spread, up to about 35. lossref stays
    below 6."""
    fig, ax = plt.subplots()
    ax.plot(spreads, plain, "C1o-")
    ax.plot(spreads, ours, "C0s--")
    ax.text(15, 25, "shifted softmax", color="C1", ha="right")
    ax.text(31, 7, "lossref", color="C0", ha="right")
    ax.set(ylim=(0, None), xlabel="logits between minus this and plus this")
    ax.set_title("Worst relative error, in rounding units of float32")
    return fig
