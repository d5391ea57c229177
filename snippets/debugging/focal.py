import numpy as np

import lossref

p, gamma = np.array([0.9, 1.0]), 0.5
with np.errstate(all="ignore"):
    slope = gamma * (1 - p) ** (gamma - 1) * np.log(p) - (1 - p) ** gamma / p
print("chain rule through p:", slope.round(4))
z = np.log(p[0] / (1 - p[0]))
logits = np.array([z, 40.0])
print(
    "from the logit:      ",
    lossref.focal_grad(logits, np.ones(2), gamma=gamma).round(4),
)
