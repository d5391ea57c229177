import numpy as np

import lossref

logits = np.array([[2.0, 0.0, -1.0], [0.5, 1.0, 0.0], [0.0, 0.0, 3.0]])
labels = np.array([0, 2, 2])
w = np.array([1.0, 2.0, 5.0])


def mean(z, c, **options):
    return lossref.softmax_cross_entropy_value_and_grad(z, c, **options)[0]


each = lossref.softmax_cross_entropy(logits, labels, class_weights=w)
plain = lossref.softmax_cross_entropy(logits, labels)
print("weighted losses:       ", each.round(4))
print("divided by n:          ", each.mean().round(4))
print("divided by the weights:", round(mean(logits, labels, class_weights=w), 4))
print("the same, by RED.1:    ", round(lossref.weighted_mean(plain, w[labels]), 4))

last = logits[2:], labels[2:]
print("last row, weight 5:    ", round(mean(*last, class_weights=w), 4))
print("last row, no weight:   ", round(mean(*last), 4))
