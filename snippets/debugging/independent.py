import numpy as np

import lossref

z, labels = np.array([[4.0, 4.0, -4.0]]), np.array([[1.0, 1.0, 0.0]])
p = lossref.softmax(z)
print(
    "softmax:       ",
    p.round(3),
    "loss",
    lossref.binary_cross_entropy(p, labels).sum().round(3),
)
print("three sigmoids:", lossref.sigmoid(z).round(3), end=" ")
print("loss", lossref.sigmoid_cross_entropy(z, labels).sum().round(3))
