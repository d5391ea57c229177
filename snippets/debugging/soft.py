import numpy as np

import lossref

t = np.array([0.0, 0.25, 0.25, 0.5])
print(
    "perfect forecast, cross-entropy:",
    round(lossref.categorical_cross_entropy(t, t), 4),
)
print("entropy of the target:          ", round(lossref.entropy(t), 4))
print("perfect forecast, divergence:   ", lossref.kl_divergence(t, t))
