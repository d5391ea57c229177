import numpy as np

import lossref

rng = np.random.default_rng(0)
x, y = rng.normal(size=(200, 5)), rng.integers(0, 2, 200).astype(float)
w = rng.normal(size=5)
loss, grad = lossref.sigmoid_cross_entropy_value_and_grad(x @ w, y)
slope = np.sum((x.T @ grad) ** 2)
for rate in (1e-4, 1e-2):
    after = lossref.sigmoid_cross_entropy(x @ (w - rate * x.T @ grad), y).mean()
    share = (loss - after) / (rate * slope)
    print(f"rate {rate}: fell by {share:.4f} times rate times slope")
