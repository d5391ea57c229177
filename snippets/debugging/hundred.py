import numpy as np

import lossref

p = np.array([0.0, 1e-30, 0.5])
with np.errstate(divide="ignore"):
    print("logarithm held above -100:", -np.maximum(np.log(p), -100).round(3))
print(
    "lossref, from p:          ", lossref.binary_cross_entropy(p, np.ones(3)).round(3)
)
print("from the logit -150:      ", lossref.sigmoid_cross_entropy([-150.0], [1]))
