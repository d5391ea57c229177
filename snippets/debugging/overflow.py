import numpy as np

import lossref

z = np.array([183.8, -126.9, -33.4])
with np.errstate(all="ignore"):
    wide = np.exp(z.astype(np.float32))
    print("exp(z) / sum(exp(z)):", wide / wide.sum())
print("softmax of lossref:  ", lossref.softmax(z).round(4))
print("loss of class 1:     ", round(lossref.softmax_cross_entropy(z, 1), 1))
