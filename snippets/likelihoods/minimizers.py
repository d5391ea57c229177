import numpy as np

import lossref

y = np.array([0.0, 1.0, 1.0, 2.0, 16.0])
grid = np.linspace(-1, 17, 18_001)


def best(loss):
    totals = [loss(np.full(y.size, a), y).sum() for a in grid]
    return grid[np.argmin(totals)].round(3)


print("squared error", best(lossref.squared_error), "mean", y.mean())
print("absolute error", best(lossref.absolute_error), "median", np.median(y))
print("Huber, delta 1", best(lossref.huber))
print("binary cross-entropy of 3 ones in 4:", end=" ")
q = np.linspace(0.01, 0.99, 99)
totals = [lossref.binary_cross_entropy(np.full(4, a), [1, 1, 1, 0]).sum() for a in q]
print(q[np.argmin(totals)].round(2))
