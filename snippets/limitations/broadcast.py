import numpy as np

import lossref

rng = np.random.default_rng(0)
y = rng.normal(size=200)
f = y + 0.1 * rng.normal(size=200)
print("true", lossref.mean_squared_error(f, y).__round__(3))
print("broadcast", np.mean((f[:, None] - y) ** 2).round(3))
print("identity", (y.var() + f.var() + (y.mean() - f.mean()) ** 2).round(3))
try:
    lossref.mean_squared_error(f[:, None], y)
except ValueError as error:
    print(error)
