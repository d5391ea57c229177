import numpy as np

import lossref

rng = np.random.default_rng(0)
labels = rng.integers(0, 10, 5000)
for scale in (0.0, 0.1, 1.0, 10.0):
    z = scale * rng.normal(size=(5000, 10))
    loss = lossref.softmax_cross_entropy(z, labels).mean()
    print(f"random logits of size {scale:4.1f}: loss {loss:.3f}")
print(f"ln 10 = {np.log(10):.3f}")
