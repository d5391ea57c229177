import numpy as np

import lossref

z, c = np.array([[2.0, -1.0, 0.5]]), np.array([0])
print("cross-entropy", lossref.softmax_cross_entropy(z, c).round(4))
print("  gradient", lossref.softmax_cross_entropy_grad(z, c).round(4))
print("squared error, softmax", lossref.softmax_squared_error(z, c).round(4))
print("  gradient", lossref.softmax_squared_error_grad(z, c).round(4))

prediction, target = np.array([2.5, 0.0, 2.0]), np.array([3.0, -0.5, 2.0])
print("squared error, linear", lossref.squared_error(prediction, target))
print("  gradient", lossref.squared_error_grad(prediction, target))
