import numpy as np

import lossref

for p in (0.5, 0.9, 0.999):
    printed = -0 * np.log(p) + (1 - 0) * np.log(1 - p)
    right = lossref.binary_cross_entropy(p, 0)
    print(f"p = {p:5.3f}: as printed {printed:7.4f}, right {right:6.4f}")
