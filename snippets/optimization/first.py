import numpy as np

import lossref

for classes in (2, 10, 1000):
    flat = lossref.softmax_cross_entropy(np.zeros(classes), 0)
    print(f"{classes:4d} classes, equal logits: loss {flat:.4f}")

prior = np.array([0.9, 0.09, 0.01])
labels = np.repeat([0, 1, 2], [900, 90, 10])
starts = {"bias 0": np.zeros(3), "bias log prior": np.log(prior)}
for name, bias in starts.items():
    logits = np.tile(bias, (1000, 1))
    first = lossref.softmax_cross_entropy(logits, labels).mean()
    print(f"{name:14s}: first loss {first:.4f}")
print(f"entropy of the prior       {lossref.entropy(prior):.4f}")
