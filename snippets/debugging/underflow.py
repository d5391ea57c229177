import numpy as np

import lossref

z = np.array([[-120.0, 0.0]], dtype=np.float32)
p = lossref.softmax(z)
tiny = np.finfo(np.float32).tiny
print("probability of the right class:", p[0, 0])
print(f"held above the smallest normal float32: {-np.log(max(p[0, 0], tiny)):.4f}")
print("from the logits:", lossref.softmax_cross_entropy(z, [0]))
