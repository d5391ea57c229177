import numpy as np

import lossref

p = np.array([[0.2, 0.3, 0.5], [0.5, 0.2, 0.3]])
labels, w = np.array([2, 1]), np.array([2.0, 4.0, 6.0])
each = lossref.softmax_cross_entropy(p, labels, class_weights=w)
mean = lossref.softmax_cross_entropy_value_and_grad(p, labels, class_weights=w)[0]
print("weighted losses:                ", each.round(4))
print("mean of them:                   ", each.mean().round(4))
print("divided by the weights 6 and 4: ", (each.sum() / w[labels].sum()).round(4))
print("softmax_cross_entropy_value_and_grad:", round(mean, 4))
