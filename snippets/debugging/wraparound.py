import numpy as np

import lossref

image, other = np.array([[3, 0]], dtype=np.uint8), np.array([[5, 16]], dtype=np.uint8)
print("difference in uint8:   ", image - other)
print("mean of squares, uint8:", np.mean((image - other) ** 2))
print("lossref:               ", lossref.mean_squared_error(image, other))
