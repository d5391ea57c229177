import numpy as np

import lossref

np.set_printoptions(precision=5)
z = np.array([8.0, 40.0, 800.0])
y = np.ones(3)
with np.errstate(all="ignore"):
    p = np.exp(z) / (1 + np.exp(z))
    print("naive loss ", (p - y) ** 2)
    print("naive grad ", 2 * (p - y) * p * (1 - p))
print("stable loss", lossref.sigmoid_squared_error(z, y))
print("stable grad", lossref.sigmoid_squared_error_grad(z, y))

image, truth = np.array([20, 200], np.uint8), np.array([250, 100], np.uint8)
print("uint8, naive ", (image - truth) ** 2)
print("uint8, stable", lossref.squared_error(image, truth))
