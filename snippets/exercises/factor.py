import numpy as np

import lossref

rng = np.random.default_rng(0)
for outputs in (1, 2, 3, 5):
    prediction, target = rng.normal(size=(2, 4, outputs))
    numeric = lossref.numerical_gradient(
        lambda x, y=target: lossref.mean_squared_error(x, y), prediction
    )
    ratio = 2 * (prediction - target) / 4 / numeric
    print(f"{outputs} outputs: analytic / numeric = {np.median(ratio):.3f}")
