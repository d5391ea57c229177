import numpy as np

import lossref

x, y = np.array([0.1, 1.0, 10.0]), np.array([0, 1, 0])
for name in ("sigmoid_squared_error_grad", "sigmoid_cross_entropy_grad"):
    grad = getattr(lossref, name)
    for start in (-1.0, 4.0):
        w = start
        for _ in range(5000):
            w -= 0.2 * (grad(w * x, y) * x).mean()
        print(f"{name:26s} from {start:4.0f}: ends at {w:.3f}")
