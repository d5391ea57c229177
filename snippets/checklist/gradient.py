import numpy as np

import lossref

rng = np.random.default_rng(0)
z, y = rng.normal(size=(3, 4)), rng.integers(0, 4, 3)
error = lossref.check_gradient(
    lambda x: lossref.softmax_cross_entropy(x, y).mean(),
    lambda x: lossref.softmax_cross_entropy_grad(x, y) / 3,
    z,
)
print("relative error below 1e-9:", error < 1e-9)
