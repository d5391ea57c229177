import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.uniform(0, 3, 200_000)
noise = (rng.exponential(size=x.size) - 1) * (0.5 + x)
y = 1 + 2 * x + noise
design = np.column_stack([np.ones_like(x), x])
line = np.linalg.lstsq(design, y, rcond=None)[0]
print("least squares finds", line.round(2) + 0.0, "of [1. 2.]")
skew = (noise**3).mean() / (noise**2).mean() ** 1.5
print("skewness of the noise", round(skew, 1))
below = (y < design @ line).mean()
print("share of targets below the line", round(below, 2))
print("MSE", round(lossref.mean_squared_error(design @ line, y), 1))
