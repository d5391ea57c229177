import numpy as np

import lossref

z, y = np.array([0.0, 0.0]), np.array([1.0, 0.0])
print("no weight:          ", lossref.sigmoid_cross_entropy(z, y).round(4))
print(
    "pos_weight = 3:     ", lossref.sigmoid_cross_entropy(z, y, pos_weight=3).round(4)
)
print("weight = 3 for all: ", (3 * lossref.sigmoid_cross_entropy(z, y)).round(4))
q = 0.1
print("best p at share 0.1:", round(3 * q / (3 * q + 1 - q), 4))
