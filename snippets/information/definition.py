import numpy as np

import lossref

p = np.array([0.5, 0.25, 0.25])
q = np.array([0.25, 0.25, 0.5])
entropy = lossref.entropy(p)
divergence = lossref.kl_divergence(p, q)
cross = lossref.categorical_cross_entropy(q, p)

print("in nats")
print("entropy + divergence:", round(entropy + divergence, 4))
print("cross-entropy:       ", round(cross, 4))
print("in bits")
print("entropy:             ", round(entropy / np.log(2), 4))
print("divergence:          ", round(divergence / np.log(2), 4))
print("cross-entropy:       ", round(cross / np.log(2), 4))
