import numpy as np

import lossref

rate = np.array([0.9, 0.07, 0.03])
print("always the class frequencies:", round(lossref.entropy(rate), 4))
print("uniform guess:               ", np.log(3).round(4))
y = np.random.default_rng(0).normal(3, 2, 1000)
print(
    "always the mean, MSE:", round(lossref.mean_squared_error(0 * y + y.mean(), y), 4)
)
print("variance of the target:", y.var().round(4))
