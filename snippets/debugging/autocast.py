import numpy as np

import lossref

z = np.array([6.0, 8.0, 12.0], dtype=np.float16)
p = 1 / (1 + np.exp(-z))
with np.errstate(divide="ignore"):
    print("float16, from p:        ", -np.log(1 - p).round(2))
print(
    "float16, from the logit:", lossref.sigmoid_cross_entropy(z, np.zeros(3)).round(2)
)
