import numpy as np

import lossref

p, y = np.array([1.0, 0.0]), np.array([1.0, 0.0])
with np.errstate(all="ignore"):
    print("loss, textbook    ", -(y * np.log(p) + (1 - y) * np.log(1 - p)))
    print("gradient, textbook", (p - y) / (p * (1 - p)))
print("loss, lossref     ", lossref.binary_cross_entropy(p, y))
gradient = lossref.sigmoid_cross_entropy_grad([40.0, -40.0], y)
print("gradient in logits", [f"{g:.2g}" for g in gradient])
