import numpy as np

import lossref

p = np.array([0.1132, 0.5477, 0.3390])
t = np.array([0.1541, 0.0511, 0.0947])
print("sum of the target:", t.sum().round(4))
print("mean of t (log t - log p):", np.mean(t * (np.log(t) - np.log(p))).round(4))
print(
    "target divided by its sum:",
    round(lossref.kl_divergence(t / t.sum(), p / p.sum()), 4),
)
try:
    lossref.kl_divergence(t, p)
except ValueError as error:
    print("lossref:", error)
