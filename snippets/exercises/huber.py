import numpy as np


def huber_grad(prediction, target, delta=1.0):
    return np.clip(np.subtract(prediction, target), -delta, delta)


print(huber_grad([-4.0, -0.5, 0.0, 0.5, 4.0], np.zeros(5)))
