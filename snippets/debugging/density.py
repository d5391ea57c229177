import numpy as np

import lossref

f, y = np.array([1.0, 2.0]), np.array([1.01, 1.98])
for scale in (1.0, 0.1, 0.01):
    squares = lossref.squared_error(f, y) / (2 * scale**2)
    nll = squares + np.log(scale) + 0.5 * np.log(2 * np.pi)
    print(f"density, standard deviation {scale}: {nll.mean():.4f}")
z, c = np.array([[2.0, 0.0, -1.0], [0.0, 1.0, 0.0]]), [0, 1]
print("classes, minus p:    ", -lossref.softmax(z)[[0, 1], c].mean().round(4))
print("classes, minus log p:", -lossref.log_softmax(z)[[0, 1], c].mean().round(4))
