import numpy as np

import lossref

logits, label = np.array([[2.0, -1.0, 0.5]]), np.array([0])
print("cross-entropy   ", lossref.softmax_cross_entropy(logits, label).round(4))
print("  gradient      ", lossref.softmax_cross_entropy_grad(logits, label).round(4))
print("squared error   ", lossref.softmax_squared_error(logits, label).round(4))
print("  gradient      ", lossref.softmax_squared_error_grad(logits, label).round(4))

prediction, target = np.array([2.5, 0.0, 2.0]), np.array([3.0, -0.5, 2.0])
print("a number, linear", lossref.squared_error(prediction, target))
print("  gradient      ", lossref.squared_error_grad(prediction, target))
