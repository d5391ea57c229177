import numpy as np

import lossref

f, y = np.array([1.0, 2.0]), np.array([1.0, 2.0])
mse = lossref.mean_squared_error(f, y)
grad = lossref.mean_squared_error_grad(f, y)
with np.errstate(all="ignore"):
    print("loss:", np.sqrt(mse))
    print("gradient of the root:", grad / (2 * np.sqrt(mse)))
print("root of MSE + 1e-12: ", grad / (2 * np.sqrt(mse + 1e-12)))
print("gradient of the MSE: ", grad)
