import numpy as np

import lossref

np.set_printoptions(precision=5)
z = np.array([8.0, 40.0, 800.0])
for y in (np.zeros(3), np.ones(3)):
    print(f"target {y[0]:.0f}")
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-z))
        print("naive loss ", -y * np.log(p) - (1 - y) * np.log(1 - p))
        print("naive grad ", (p - y) / (p * (1 - p)) * (p * (1 - p)))
    print("stable loss", lossref.sigmoid_cross_entropy(z, y))
    print("stable grad", lossref.sigmoid_cross_entropy_grad(z, y))
