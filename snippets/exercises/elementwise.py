import numpy as np

import lossref

z, t = np.array([[2.0, 0.5, -1.0]]), np.array([[0.0, 1.0, 0.0]])
p = lossref.softmax(z)
claimed = (p - t) * p * (1 - p)
right = lossref.softmax_squared_error_grad(z, t) / 2
print("claimed:", claimed[0].round(4), " sum", claimed.sum().round(4))
print("right:  ", right[0].round(4), " sum", right.sum().round(4) + 0)
