import numpy as np

import lossref

rng = np.random.default_rng(0)
f, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
measured = lossref.numerical_gradient(lambda x: lossref.mean_squared_error(x, y), f)
claims = {
    "2 (f - y)": 2 * (f - y),
    "2 (f - y) / rows": 2 * (f - y) / 4,
    "mean_squared_error_grad": lossref.mean_squared_error_grad(f, y),
}
for name, claim in claims.items():
    print(f"{name}: divided by the numeric one {np.median(claim / measured):.4f}")
