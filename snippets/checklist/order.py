import numpy as np

import lossref

rng = np.random.default_rng(0)
z, y = rng.normal(size=(6, 3)), rng.integers(0, 3, 6)
shuffled = rng.permutation(6)
print("together:", lossref.softmax_cross_entropy(z, y).mean().round(6))
print(
    "shuffled:", lossref.softmax_cross_entropy(z[shuffled], y[shuffled]).mean().round(6)
)
alone = [lossref.softmax_cross_entropy(z[i : i + 1], y[i : i + 1])[0] for i in range(6)]
print("alone:   ", np.mean(alone).round(6))
