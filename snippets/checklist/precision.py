import numpy as np

import lossref

rng = np.random.default_rng(0)
z, y = 5 * rng.normal(size=(1000, 10)), rng.integers(0, 10, 1000)
double = lossref.softmax_cross_entropy(z, y).mean()
for dtype in (np.float32, np.float16):
    loss = lossref.softmax_cross_entropy(z.astype(dtype), y).mean(dtype=np.float64)
    print(f"{dtype.__name__}: {loss:.4f}, float64: {double:.4f}")
