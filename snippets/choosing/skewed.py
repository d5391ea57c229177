import numpy as np

import lossref

rng = np.random.default_rng(0)
price = np.exp(rng.normal(0, 1, 10_001))
log_price = np.log(price)
guesses = np.linspace(-1, 2, 601)


def best(loss):
    return np.exp(guesses[np.argmin([loss(z).mean() for z in guesses])])


def constant(z):
    return np.full_like(price, z)


losses = {
    "squared error": lambda z: lossref.squared_error(constant(np.exp(z)), price),
    "Gamma likelihood": lambda z: price * np.exp(-z) + z,
    "squared error of the log": lambda z: lossref.squared_error(constant(z), log_price),
    "absolute error": lambda z: lossref.absolute_error(constant(np.exp(z)), price),
}
print(f"mean {price.mean():.2f}, median {np.median(price):.2f}")
for name, loss in losses.items():
    print(f"{name}: best constant {best(loss):.2f}")
