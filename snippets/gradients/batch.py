import numpy as np

import lossref

x, y = np.array([0.1, 1.0, 10.0]), np.array([0, 1, 0])
for w in (-1.0, 1.0):
    ce = lossref.sigmoid_cross_entropy_grad(w * x, y) * x
    se = lossref.sigmoid_squared_error_grad(w * x, y) * x
    print(f"w = {w:2.0f}  each: CE {ce.round(3)}, SE {se.round(3)}")
    print(f"         sum: CE {ce.sum():.3f}, SE {se.sum():.3f}")
