import numpy as np

import lossref

z = np.array([1000.0, 0.0])
with np.errstate(all="ignore"):
    naive = np.exp(z) / np.exp(z).sum()
    shifted = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    print("naive softmax    ", naive, " its logarithms", np.log(naive))
    print("shifted softmax  ", shifted, " its logarithms", np.log(shifted))
print("fused log-softmax", lossref.log_softmax(z))
