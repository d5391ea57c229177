import numpy as np

import lossref

f, y = np.array([2.0, 4.0]), np.array([1.0, 1.0])
score = -lossref.mean_squared_error(f, y)
print("neg_mean_squared_error:", score)
print("MSE:", -score, " RMSE:", round((-score) ** 0.5, 4))
