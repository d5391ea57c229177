import numpy as np

import lossref

p = np.array([0.5, 0.25, 0.25])
q = np.array([0.25, 0.25, 0.5])

cross = lossref.categorical_cross_entropy(q, p)
print("entropy of p, nats:   ", round(lossref.entropy(p), 4))
print("entropy of p, bits:   ", round(lossref.entropy(p) / np.log(2), 4))
print("cross-entropy, bits:  ", round(cross / np.log(2), 4))
print("divergence, bits:     ", round(lossref.kl_divergence(p, q) / np.log(2), 4))
print(
    "entropy + divergence: ", round(lossref.entropy(p) + lossref.kl_divergence(p, q), 4)
)
print("cross-entropy:        ", round(cross, 4))
