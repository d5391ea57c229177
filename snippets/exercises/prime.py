import numpy as np

import lossref

rng = np.random.default_rng(0)
for n in (2, 10, 1000):
    prediction, target = rng.normal(size=(2, n))
    published = prediction - target
    exact = lossref.mean_squared_error_grad(prediction, target)
    print(f"n = {n:4d}: published / exact = {np.median(published / exact):g}")
