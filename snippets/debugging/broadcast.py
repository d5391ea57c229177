import numpy as np

import lossref

y = np.array([1.0, 2.0, 3.0, 4.0])
f = y.reshape(-1, 1)
print("perfect prediction of shape (4, 1):", np.mean((f - y) ** 2))
print("constant prediction, the mean:     ", np.mean((y.mean() - y) ** 2))
try:
    lossref.mean_squared_error(f, y)
except ValueError as error:
    print("lossref:", error)
print("after ravel:", lossref.mean_squared_error(f.ravel(), y))
