import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(2000, 5))
y = (x[:, 0] + 0.3 * rng.normal(size=2000) > 0).astype(float)
for name, labels in (("true", y), ("shuffled", rng.permutation(y))):
    w = np.zeros(5)
    for _ in range(200):
        w -= 1.0 * x.T @ lossref.sigmoid_cross_entropy_grad(x @ w, labels) / 2000
    loss = lossref.sigmoid_cross_entropy(x @ w, labels).mean()
    print(f"{name} labels: loss {loss:.3f}")
