import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(200, 3))
y = (x[:, 0] > 0).astype(float)
for name, bias in (("dead", -20.0), ("alive", 0.0)):
    hidden = np.maximum(x + bias, 0)
    z = hidden @ np.zeros(3)
    grad = hidden.T @ lossref.sigmoid_cross_entropy_grad(z, y) / 200
    loss = lossref.sigmoid_cross_entropy(z, y).mean()
    print(f"{name} hidden layer: loss {loss:.4f}, gradient {abs(grad).max():.3f}")
