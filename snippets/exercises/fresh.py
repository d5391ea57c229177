import numpy as np

import lossref

rng = np.random.default_rng(0)
print(f"log 10 = {np.log(10):.3f}")
for s in (0.01, 0.5, 1, 3, 4, 5, 6):
    logits = s * rng.normal(size=(20000, 10))
    labels = rng.integers(10, size=20000)
    loss = lossref.softmax_cross_entropy(logits, labels).mean()
    print(f"s = {s:4g}: first loss {loss:.2f}")
