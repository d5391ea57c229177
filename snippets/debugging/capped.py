import numpy as np

import lossref

eps = 1e-7
print(f"clipped at eps:               {-np.log(eps):.3f}")
print(f"clipped, and eps added again: {-np.log(2 * eps):.3f}")
z = np.array([-20.0])
print(f"true loss {lossref.sigmoid_cross_entropy(z, [1])[0]:.3f}", end=", ")
print(f"gradient {lossref.sigmoid_cross_entropy_grad(z, [1])[0]:.3f}")
