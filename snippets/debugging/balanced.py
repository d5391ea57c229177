import numpy as np

import lossref

rate, weight = 0.03, (1 - 0.03) / 0.03
z = np.linspace(-8, 8, 16_001)
positive = lossref.sigmoid_cross_entropy(z, np.ones(z.size))
negative = lossref.sigmoid_cross_entropy(z, np.zeros(z.size))
best = z[np.argmin(weight * rate * positive + (1 - rate) * negative)]
print(f"rate {rate}, predicted with balanced weights: {lossref.sigmoid(best):.3f}")
print(f"logit minus log weight: {lossref.sigmoid(best - np.log(weight)):.3f}")
