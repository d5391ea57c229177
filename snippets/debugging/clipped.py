import numpy as np

import lossref

z, y = np.array([20.0], dtype=np.float32), np.array([0.0])
p = np.clip(lossref.sigmoid(z), 1e-9, 1 - 1e-9)
with np.errstate(divide="ignore"):
    print("clipped at 1 - 1e-9:", -np.log(1 - p))
print("from the logit:     ", lossref.sigmoid_cross_entropy(z, y))
