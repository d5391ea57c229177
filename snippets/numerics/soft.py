import numpy as np

import lossref

z, y = np.float32(1000), np.float32(1 - 2.0**-20)
print(f"true     {(1 - float(y)) * float(z):.6f}")
short = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
print(f"textbook {short:.6f}")
print(f"lossref  {lossref.sigmoid_cross_entropy(z, y):.6f}")
