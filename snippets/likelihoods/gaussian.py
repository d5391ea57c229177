import numpy as np

import lossref

y = np.array([1.0, 2.0, 4.0])
sigma = 1.5
for center in (2.0, 7 / 3, 3.0):
    density = np.exp(-((y - center) ** 2) / (2 * sigma**2)) / np.sqrt(
        2 * np.pi * sigma**2
    )
    mse = lossref.mean_squared_error(np.full(3, center), y)
    constant = np.log(2 * np.pi * sigma**2) / 2
    print(
        round(-np.log(density).mean(), 6),
        round(mse / (2 * sigma**2) + constant, 6),
        "mean squared error",
        round(mse, 4),
    )
