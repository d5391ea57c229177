import numpy as np

import lossref

t = np.array([0.1, 0.2, 0.7])
p = np.array([0.3, 0.3, 0.4])
print("log score", round(lossref.categorical_cross_entropy(p, t), 6))
print(
    "entropy + divergence", round(lossref.entropy(t) + lossref.kl_divergence(t, p), 6)
)
expected = sum(t[c] * lossref.brier_score(p, c) for c in range(3))
print("Brier score", round(expected, 6))
print("spread + distance", round((1 - (t**2).sum()) + lossref.brier_score(p, t), 6))
