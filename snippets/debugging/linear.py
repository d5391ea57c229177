import numpy as np

import lossref

output, y = np.array([-2.0, 3.0, 0.4]), np.array([1.0, 1.0, 1.0])
clipped = np.clip(output, 1e-7, 1 - 1e-7)
print("clipped and trained on:", lossref.binary_cross_entropy(clipped, y).round(3))
try:
    lossref.binary_cross_entropy(output, y)
except ValueError as error:
    print("lossref:", error)
print("as logits:", lossref.sigmoid_cross_entropy(output, y).round(3))
