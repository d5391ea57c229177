import numpy as np

import lossref

y = np.array([0.0, 0.0, 0.0, 10.0])
constants = np.linspace(0, 10, 1001)
for loss in (lossref.absolute_error, lossref.squared_error):
    sums = [loss(np.full(4, a), y).sum() for a in constants]
    best = constants[np.argmin(sums)]
    print(f"sum of {loss.__name__} is smallest at {best:g}")
