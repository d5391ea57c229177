import numpy as np

import lossref

x = np.array([0.1, 1.0, 2.0, 12.0])
y = np.array([0.0, 1.0, 1.0, 0.0])
w = np.linspace(-3, 5, 8001)
grid = np.outer(w, x), np.tile(y, (len(w), 1))
for name in ("sigmoid_squared_error_grad", "sigmoid_cross_entropy_grad"):
    slope = (getattr(lossref, name)(*grid) * x).mean(axis=1)
    turns = np.flatnonzero((slope[:-1] < 0) & (slope[1:] >= 0))
    print(f"{name}: minima near w =", w[turns].round(2))
