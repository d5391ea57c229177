import numpy as np

import lossref

np.set_printoptions(precision=5)
gamma, z = 0.5, np.array([2.0, 40.0, -800.0])
y = np.ones(3)
with np.errstate(all="ignore"):
    p = 1 / (1 + np.exp(-z))
    q = 1 - p
    slope = gamma * q ** (gamma - 1) * np.log(p) - q**gamma / p
    print("naive loss ", -(q**gamma) * np.log(p))
    print("naive grad ", slope * p * q)
print("stable loss", lossref.focal(z, y, gamma=gamma))
print("stable grad", lossref.focal_grad(z, y, gamma=gamma))

far = np.array([1e200])
small = far <= 1
with np.errstate(all="ignore"):
    print("naive Huber ", small * far**2 / 2 + ~small * (far - 1 / 2))
print("stable Huber", lossref.huber(far, np.zeros(1)))
