import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.uniform(0, 2, 200_000)
skewed = rng.exponential(1.0, x.size) - 1.0
y = 1 + 2 * x + (0.5 + x) * skewed
design = np.column_stack([np.ones_like(x), x])
weights = np.linalg.lstsq(design, y, rcond=None)[0]
residual = y - design @ weights
print("intercept and slope", weights.round(2), "true [1 2]")
print("skewness of residuals", np.mean(residual**3 / residual.std() ** 3).round(1))
print("mean squared error", round(lossref.mean_squared_error(design @ weights, y), 2))
