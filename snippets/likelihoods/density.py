import numpy as np

import lossref

y = np.array([0.01, -0.02, 0.005])
for sigma in (1.0, 0.05, 0.01):
    nll = np.log(2 * np.pi * sigma**2) / 2 + lossref.squared_error(0 * y, y) / (
        2 * sigma**2
    )
    print(f"sigma {sigma}: mean negative log-likelihood {nll.mean():.4f}")
