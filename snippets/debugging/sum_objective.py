import numpy as np

import lossref

losses = np.array([0.2, 0.4, 0.6])
penalty, c = 0.5, 1.0
for copies in (1, 100):
    data = np.tile(losses, copies)
    share = penalty / (c * data.sum() + penalty)
    print(f"n = {data.size}: the penalty is {share:.1%} of the objective")
    mean = lossref.weighted_mean(data)
    print(f"  per example: {mean:.1f} + {penalty / (c * data.size):.4f}")
