import numpy as np

import lossref

z, t = np.array([0.5, -np.inf, 0.1]), np.array([1.0, 0.0, 0.0])
with np.errstate(invalid="ignore"):
    print("-(t * log_softmax(z)).sum():", -(t * lossref.log_softmax(z)).sum())
print("with 0 log 0 = 0:", round(lossref.softmax_cross_entropy(z, t), 4))
print("gradient:", lossref.softmax_cross_entropy_grad(z, t).round(4))
