import numpy as np

import lossref

first, second = np.full(10, 1.0), np.full(100, 3.0)
print("mean of the two means:", (first.mean() + second.mean()) / 2)
together = np.concatenate([first, second])
print("mean over all tokens: ", round(lossref.weighted_mean(together), 4))
total = (first.sum() + second.sum()) / (first.size + second.size)
print("sums, divided once:   ", round(total, 4))
