import numpy as np


def cross_entropy(logits, labels):
    logits = np.asarray(logits, dtype=float)
    shifted = logits - logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(shifted).sum(axis=1))
    return lse - shifted[np.arange(len(labels)), labels]


print(cross_entropy([[2, 0], [0, 2], [1000, 0]], [0, 0, 0]).round(4))
