import numpy as np

import lossref

logits = np.array([4.0, 3.0, -3.0])
labels = np.array([1.0, 1.0, 0.0])
print("three sigmoids:", lossref.sigmoid(logits).round(3))
print("one softmax:   ", lossref.softmax(logits).round(3))
print("loss per label:", lossref.sigmoid_cross_entropy(logits, labels).round(3))
try:
    lossref.softmax_cross_entropy(logits[None], labels[None])
except ValueError as error:
    print("softmax:", error)
