import numpy as np

import lossref

f, y = np.array([3.0]), np.array([1.0])
print("squared error:     ", lossref.squared_error(f, y), end=" ")
print("gradient:", lossref.squared_error_grad(f, y))
print("half squared error:", lossref.squared_error(f, y) / 2, end=" ")
print("gradient:", lossref.squared_error_grad(f, y) / 2)
