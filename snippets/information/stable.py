import numpy as np

import lossref

p = np.array([0.5, 0.25, 0.25])
for power in (10, 20, 30):
    q = p + 2.0**-power * np.array([1.0, -1.0, 0.0])
    true = 3.0 * 4.0**-power
    difference = lossref.categorical_cross_entropy(q, p) - lossref.entropy(p)
    direct = lossref.kl_divergence(p, q)
    print(f"true divergence about {true:.2e}")
    print(
        "  H(p, q) - H(p), right to one percent:", abs(difference - true) < 0.01 * true
    )
    print("  kl_divergence, right to one percent: ", abs(direct - true) < 0.01 * true)
with np.errstate(all="ignore"):
    p, q = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    print("naive sum, with a zero in p:", (p * np.log(p / q)).sum())
