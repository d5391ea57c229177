import numpy as np

import lossref

rng = np.random.default_rng(0)
price = np.exp(rng.normal(0, 1, 10_001))
log_price = np.log(price)


def same(value):
    return np.full_like(price, value)


losses = {
    "squared error": lambda z: lossref.squared_error(same(np.exp(z)), price),
    "Gamma": lambda z: price * np.exp(-z) + z,
    "squared error, log": lambda z: lossref.squared_error(same(z), log_price),
    "absolute error": lambda z: lossref.absolute_error(same(np.exp(z)), price),
}
print(f"mean {price.mean():.2f}, median {np.median(price):.2f}")
guesses = np.linspace(-1, 2, 601)
for name, loss in losses.items():
    best = guesses[np.argmin([loss(z).mean() for z in guesses])]
    print(f"{name}: best constant {np.exp(best):.2f}")
