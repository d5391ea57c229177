import numpy as np

import lossref

p = np.array([0.9, 0.2, 0.6])
y = np.array([1, 0, 1])
likelihood = np.prod(np.where(y == 1, p, 1 - p))
print(round(-np.log(likelihood), 6))
print(round(lossref.binary_cross_entropy(p, y).sum(), 6))
