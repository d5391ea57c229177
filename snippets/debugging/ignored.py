import numpy as np

import lossref

losses, keep = np.array([1.5, 2.0]), np.array([False, False])
with np.errstate(invalid="ignore"):
    print("0 / 0:", (losses * keep).sum() / keep.sum())
try:
    lossref.weighted_mean(losses, where=keep)
except ValueError as error:
    print("lossref:", error)
print("guarded sum:", (losses * keep).sum() / max(keep.sum(), 1))
