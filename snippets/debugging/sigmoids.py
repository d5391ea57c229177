import numpy as np

import lossref

p = np.array([1.0, 0.0])
print("p = (1, 0) as logits:", lossref.sigmoid_cross_entropy(p, [1, 0]).round(4))
print("as probabilities:    ", lossref.binary_cross_entropy(p, [1, 0]))
print("second sigmoid of 0 and 1:", lossref.sigmoid([0.0, 1.0]).round(3))
