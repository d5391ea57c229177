import numpy as np

import lossref

y = np.repeat([1.0, 0.0], [20, 180])
for w in (1.0, 9.0):
    z = 0.0
    for _ in range(30):
        logits = np.full_like(y, z)
        grad = lossref.sigmoid_cross_entropy_grad(logits, y, pos_weight=w).mean()
        hess = lossref.sigmoid_cross_entropy_hess(logits, y, pos_weight=w).mean()
        z -= grad / hess
    p, unweighted = lossref.sigmoid(z), lossref.sigmoid(z - np.log(w))
    print(f"pos_weight {w:.0f}: p = {p:.4f}, with logit - log w {unweighted:.4f}")
