import numpy as np

import lossref

logits = np.array([2.0, 0.0, -4.0, 1.0])
target = np.array([1.0, 0.0, 1.0, 0.75])
p = lossref.sigmoid(logits)

print("p:          ", p.round(4))
print("from p:     ", lossref.binary_cross_entropy(p, target).round(4))
print("from logits:", lossref.sigmoid_cross_entropy(logits, target).round(4))
print("gradient, p:", lossref.binary_cross_entropy_grad(p, target).round(4))
print("gradient, z:", lossref.sigmoid_cross_entropy_grad(logits, target).round(4))

mean, grad = lossref.sigmoid_cross_entropy_value_and_grad(logits, target)
print("mean:       ", round(mean, 4), "with gradient", grad.round(4))
