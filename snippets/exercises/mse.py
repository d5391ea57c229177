import numpy as np


def mse(prediction, target):
    prediction = np.asarray(prediction, dtype=float)
    target = np.asarray(target, dtype=float)
    if prediction.shape != target.shape:
        raise ValueError(f"shapes differ: {prediction.shape} and {target.shape}")
    return np.mean((prediction - target) ** 2)


print(mse([1, 2, 6], [1, 4, 3]).round(4))
