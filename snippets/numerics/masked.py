import numpy as np

import lossref

z = np.array([1.0, -np.inf, 0.0])
t = np.array([1.0, 0.0, 0.0])
with np.errstate(invalid="ignore"):
    naive = -(t * (z - lossref.logsumexp(z))).sum()
print("naive loss, target class 0:", naive)
print("loss, target class 0:      ", round(lossref.softmax_cross_entropy(z, t), 6))
print("gradient:", lossref.softmax_cross_entropy_grad(z, t).round(6))
print("loss, target the masked class:", lossref.softmax_cross_entropy(z, 1))
print(
    "loss, every class masked:", lossref.softmax_cross_entropy(np.full(3, -np.inf), 0)
)
