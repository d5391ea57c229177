import numpy as np

import lossref

losses = np.array([1.0, 3.0, 8.0])
weights = np.array([1.0, 3.0, 0.0])
keep = np.array([True, True, False])

print("plain mean             ", lossref.weighted_mean(losses))
print("weighted mean          ", lossref.weighted_mean(losses, weights))
print("weighted sum, divided by n", round((weights * losses).sum() / 3, 4))
print("mean of the rows kept  ", lossref.weighted_mean(losses, where=keep))
try:
    lossref.weighted_mean(losses, where=np.zeros(3, dtype=bool))
except ValueError as error:
    print("nothing kept:", error)
