import numpy as np

import lossref

y = np.array([1.0, 2.0, 3.0, 4.0])
f = y.reshape(-1, 1)
print("perfect prediction of shape (4, 1):", np.mean((f - y) ** 2))
print("constant prediction, the mean:     ", np.mean((y.mean() - y) ** 2))
labels = np.array([0.0, 1.0, 1.0, 0.0])
z = (20 * labels - 10).reshape(-1, 1)
naive = np.logaddexp(0, z) - labels * z
print("right logits, binary cross-entropy:", naive.mean().round(4), naive.shape)
for loss in (lossref.mean_squared_error, lossref.sigmoid_cross_entropy):
    try:
        loss(f, y)
    except ValueError as error:
        print("lossref:", error)
print("after ravel:", lossref.mean_squared_error(f.ravel(), y))
