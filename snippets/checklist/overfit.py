import numpy as np

import lossref

rng = np.random.default_rng(0)
x, y = rng.normal(size=(8, 20)), rng.integers(0, 3, 8)
w = np.zeros((20, 3))
for step in range(301):
    loss, grad = lossref.softmax_cross_entropy_value_and_grad(x @ w, y)
    w -= 1.0 * x.T @ grad
    if step % 100 == 0:
        print(f"step {step:3d}: loss {loss:.4f}")
