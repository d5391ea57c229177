import numpy as np

import lossref

np.set_printoptions(precision=4)
z = np.array([30.0, 40.0, 40.0])
y = np.array([1.0, 1.0, 1 - 2.0**-52])
short = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
print("softplus(z) - z y", lossref.softplus(z) - z * y)
print("BCE.14           ", short)
print("BCE.4            ", lossref.sigmoid_cross_entropy(z, y))
