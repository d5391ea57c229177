import numpy as np

import lossref

rng = np.random.default_rng(0)
X = np.column_stack([np.ones(50), rng.normal(size=(50, 2))])
y = X @ [1.0, 2.0, -1.0] + 0.1 * rng.normal(size=50)
closed = np.linalg.lstsq(X, y, rcond=None)[0]
slope = X.T @ lossref.mean_squared_error_grad(X @ closed, y)
print("closed form ", closed.round(4))
print("gradient there is 0:", bool(np.abs(slope).max() < 1e-12))

w, rate = np.zeros(3), 1 / np.linalg.eigvalsh(2 * X.T @ X / 50).max()
for step in (5, 10, 20):
    w = np.zeros(3)
    for _ in range(step):
        w -= rate * X.T @ lossref.mean_squared_error_grad(X @ w, y)
    away = np.linalg.norm(w - closed)
    print(f"{step:3d} steps   {w.round(4)}  distance {away:.0e}")
