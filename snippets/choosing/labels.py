import numpy as np

import lossref

z = np.array([4.0, 3.0, -3.0])
labels = np.array([1.0, 1.0, 0.0])
print("three sigmoids:", lossref.sigmoid(z).round(3))
print("one softmax:   ", lossref.softmax(z).round(3))
print("loss per label:", lossref.sigmoid_cross_entropy(z, labels).round(3))
try:
    lossref.softmax_cross_entropy(z[None], labels[None])
except ValueError as error:
    print("refused:", error)
