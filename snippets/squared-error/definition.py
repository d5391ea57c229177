import numpy as np

import lossref

prediction = np.array([2.5, 0.0, 2.0, 8.0])
target = np.array([3.0, -0.5, 2.0, 7.0])

print("each: ", lossref.squared_error(prediction, target))
print("grad: ", lossref.squared_error_grad(prediction, target))
print("mean: ", lossref.mean_squared_error(prediction, target))
print("grad of the mean:", lossref.mean_squared_error_grad(prediction, target))

try:
    lossref.mean_squared_error(prediction, target[:, np.newaxis])
except ValueError as error:
    print("(4,) against (4, 1):", error)
