import numpy as np

import lossref

centers = np.arange(0.0, 11.0)


def encode(value, width=0.75):
    return lossref.softmax(-((centers - value) ** 2) / (2 * width**2))


for value in (7.3, 0.0, 12.0):
    print(f"value {value}: read back {encode(value) @ centers:.2f}")

far = np.zeros((1, centers.size))
grad = lossref.softmax_cross_entropy_grad(far, encode(7.3)[None])
print(f"gradient in bins at most {abs(grad).max():.2f} in size")
steep = lossref.squared_error_grad(100, 0)
print(f"gradient of the squared error at a residual of 100: {steep:.0f}")
