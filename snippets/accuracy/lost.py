import numpy as np

import lossref

z = np.array([0.0, 50.0, 0.0])
p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
print(f"textbook: loss {-np.log(p[1]) + 0:.6g}, derivative {p[1] - 1:.6g}")
loss, grad = lossref.softmax_cross_entropy_value_and_grad(z, 1)
print(f"lossref: loss {loss:.6g}, derivative {grad[1]:.6g}")
