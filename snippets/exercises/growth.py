import numpy as np

import lossref

w = 0.0
for step in range(1, 10_001):
    w -= lossref.sigmoid_cross_entropy_grad(w, 1.0)
    if step in (10, 100, 1000, 10_000):
        print(f"{step:6d} steps: w = {w:.3f}, log of the steps {np.log(step):.3f}")
