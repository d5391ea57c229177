import numpy as np

import lossref

z = np.array([8.0, 16.0, 17.0, 40.0], dtype=np.float32)
p = 1 / (1 + np.exp(-z))
with np.errstate(divide="ignore"):
    print("-log(1 - p):   ", -np.log(1 - p).round(2))
print("from the logit:", lossref.sigmoid_cross_entropy(z, np.zeros(4)).round(2))
