import numpy as np

import lossref

rng = np.random.default_rng(0)
z, labels = rng.normal(size=(4, 3)), np.array([0, 1, 2, 0])
keep = np.array([True, True, False, True])
changed = z.copy()
changed[~keep] = 99.0
for logits in (z, changed):
    value, grad = lossref.softmax_cross_entropy_value_and_grad(
        logits, labels, where=keep
    )
    print(f"loss {value:.6f}, gradient of the masked row {abs(grad[~keep]).max()}")
