import numpy as np

import lossref

logits = np.array([[1.2, -0.8, -0.5], [0.9, -1.2, 1.1]])
labels = np.array([0, 1])
p = lossref.softmax(logits)[[0, 1], labels]
print("formula:", np.log(p).round(4))
print("program:", lossref.softmax_cross_entropy(logits, labels).round(4))
