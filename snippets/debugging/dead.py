import numpy as np

import lossref

once = lossref.sigmoid_cross_entropy_value_and_grad


def twice(z, y):
    p = lossref.sigmoid(z)
    value, grad = once(p, y)
    return value, grad * p * (1 - p)


def paired(z, y):
    value, grad = once(*np.broadcast_arrays(z[:, None], y))
    return value, grad.sum(axis=1)


rng = np.random.default_rng(0)
x = rng.normal(size=(300, 3))
x[:, 2] = 1
y = (x[:, 0] > np.median(x[:, 0])).astype(float)
rare = (x[:, 0] > 2.3).astype(float)
CASES = {
    "nothing reaches the output": (np.maximum(x - 20, 0), y, once),
    "labels of other examples": (x, rng.permutation(y), once),
    "a second sigmoid, rare 1s": (x, rare, twice),
    "every z meets every label": (x, y, paired),
}
for name, (inputs, labels, loss) in CASES.items():
    w, sizes = np.array([0.5, -0.5, 0.5]), []
    for _ in range(500):
        value, grad = loss(inputs @ w, labels)
        sizes.append(abs(inputs.T @ grad).max())
        w -= 2 * inputs.T @ grad
    print(f"{name:26}: {value:.3f}, gradient {sizes[0]:.3f}, then {sizes[-1]:.3f}")
