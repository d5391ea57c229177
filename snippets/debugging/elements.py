import numpy as np

import lossref

rng = np.random.default_rng(0)
f, y = rng.normal(size=(8, 5)), rng.normal(size=(8, 5))
mean = lossref.mean_squared_error(f, y)
rows = lossref.squared_error(f, y).sum(axis=1)
print("mean over all elements:       ", round(mean, 4))
print("sum over 5 outputs, mean of 8:", rows.mean().round(4))
print("ratio:", (rows.mean() / mean).round(4))
