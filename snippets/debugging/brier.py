import numpy as np

import lossref

p, y = np.array([0.8, 0.3]), np.array([1.0, 1.0])
both = np.column_stack([1 - p, p])
print("one probability:  ", lossref.squared_error(p, y).round(4))
print("sum over classes: ", lossref.brier_score(both, [1, 1]).round(4))
