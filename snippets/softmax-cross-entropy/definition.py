import numpy as np

import lossref

logits = np.array([[2.0, 1.0, 0.0], [0.0, 3.0, -1.0]])
labels = np.array([0, 2])
one_hot = np.eye(3)[labels]
soft = np.array([[0.7, 0.2, 0.1], [0.0, 0.5, 0.5]])
p = lossref.softmax(logits)
grad = lossref.softmax_cross_entropy_grad(logits, labels)

print("p:           ", p.round(4).tolist())
print("class index: ", lossref.softmax_cross_entropy(logits, labels).round(4))
print("one-hot:     ", lossref.softmax_cross_entropy(logits, one_hot).round(4))
print("distribution:", lossref.softmax_cross_entropy(logits, soft).round(4))
print("from p:      ", lossref.categorical_cross_entropy(p, soft).round(4))
print("gradient:    ", grad.round(4).tolist())
