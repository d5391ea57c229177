import numpy as np

import lossref

p = np.array([0.5, 0.25, 0.25])
for power in (10, 20, 30):
    q = p + 2.0**-power * np.array([1.0, -1.0, 0.0])
    true = 3.0 * 4.0**-power
    cross = lossref.categorical_cross_entropy(q, p)
    values = cross - lossref.entropy(p), lossref.kl_divergence(p, q)
    right = [bool(abs(value - true) < 0.01 * true) for value in values]
    print(f"{true:.2e}, right to one percent:", *right)

sure, fair = np.array([1.0, 0.0]), np.array([0.5, 0.5])
with np.errstate(all="ignore"):
    print("naive sum, with a zero:", (sure * np.log(sure / fair)).sum())
