import numpy as np

import lossref

z, t = np.array([0.5, -np.inf, 0.1]), np.array([1.0, 0.0, 0.0])
with np.errstate(invalid="ignore"):
    print("-(t * log_softmax(z)).sum():", -(t * lossref.log_softmax(z)).sum())
print("with 0 log 0 = 0:", round(lossref.softmax_cross_entropy(z, t), 4))
print("gradient:", lossref.softmax_cross_entropy_grad(z, t).round(4))
smooth = lossref.smooth_labels([0], 3, 0.1)[0]
print("smoothed over all classes: ", lossref.softmax_cross_entropy(z, smooth))
smooth[np.isfinite(z)] = lossref.smooth_labels([0], 2, 0.1)[0]
smooth[~np.isfinite(z)] = 0
left = lossref.softmax_cross_entropy(z, smooth)
print("over those that are left:  ", round(left, 4))
