import numpy as np

import lossref

rng = np.random.default_rng(0)
p = lossref.sigmoid(rng.normal(-3, 1, 100_000))
y = rng.random(100_000) < p
weighted = lossref.sigmoid(np.log(p / (1 - p)) + np.log(10))
print(f"rate of positives: {y.mean():.3f}")
print(f"mean prediction:   {p.mean():.3f}")
print(f"with positives weighted by 10: {weighted.mean():.3f}")
