import numpy as np

import lossref

rng = np.random.default_rng(0)
z = 3 * rng.normal(size=1000)
y = (z > 0).astype(float)
flipped = np.argmax(abs(z))
y[flipped] = 1 - y[flipped]
loss = lossref.sigmoid_cross_entropy(z, y)
order = np.argsort(-loss)[:3]
print("mislabeled:", flipped)
print("largest losses:", loss[order].round(2), "at", order)
print("share of the total:", (loss[order[0]] / loss.sum()).round(3))
