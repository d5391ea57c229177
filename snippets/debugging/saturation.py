import numpy as np

import lossref

z, y = np.array([-2.0, -5.0, -20.0]), np.ones(3)
print("MSE           ", lossref.sigmoid_squared_error(z, y).round(4))
print("its gradient  ", [f"{g:.1e}" for g in lossref.sigmoid_squared_error_grad(z, y)])
print("cross-entropy ", lossref.sigmoid_cross_entropy(z, y).round(4))
print("its gradient  ", lossref.sigmoid_cross_entropy_grad(z, y).round(4))
