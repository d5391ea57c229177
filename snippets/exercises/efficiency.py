import numpy as np

import lossref

x = np.linspace(-6, 6, 2001)
density = np.exp(-(x**2) / 2)
for weight in (0.5, 1, 2, 4):
    w = lossref.sigmoid_cross_entropy_hess(weight * x, 0 * x)
    one, two, three = ((density * w**n * x**2).sum() for n in (1, 2, 3))
    print(f"weight {weight:3g}: variance ratio {three / two**2 * one:.2f}")
