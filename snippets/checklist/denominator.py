import numpy as np

import lossref

losses, keep = np.array([1.0, 2.0, 3.0, 6.0]), np.array([True, True, False, True])
print("batch: ", (losses * keep).mean())
print("valid: ", lossref.weighted_mean(losses, where=keep))
print(
    "halves:", [lossref.weighted_mean(losses[s], where=keep[s]) for s in np.s_[:2, 2:]]
)
