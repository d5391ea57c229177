import numpy as np

import lossref

logits = np.array([[2.0, 0.0, -1.0], [0.5, 1.0, 0.0], [0.0, 0.0, 3.0]])
labels = np.array([0, 2, 2])
w = np.array([1.0, 2.0, 5.0])

each = lossref.softmax_cross_entropy(logits, labels, class_weights=w)
mean, _ = lossref.softmax_cross_entropy_value_and_grad(logits, labels, class_weights=w)
plain = lossref.softmax_cross_entropy(logits, labels)
print("weighted losses:       ", each.round(4))
print("divided by n:          ", each.mean().round(4))
print("divided by the weights:", round(mean, 4))
print("the same, RED.1:       ", round(lossref.weighted_mean(plain, w[labels]), 4))
print(
    "one row alone:         ", round(lossref.weighted_mean(plain[:1], w[labels[:1]]), 4)
)
print("the same, no weight:   ", plain[0].round(4))
