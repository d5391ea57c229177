import numpy as np

import lossref

z = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 1.0]])
moved = z + np.array([[5.0], [-7.0]])
print("loss:       ", lossref.softmax_cross_entropy(z, [0, 2]).round(6))
print("rows moved: ", lossref.softmax_cross_entropy(moved, [0, 2]).round(6))
print("rows sum to:", lossref.softmax(z).sum(axis=1))
