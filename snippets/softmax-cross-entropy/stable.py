import numpy as np

import lossref

np.set_printoptions(precision=5)
rows = np.array([[2.0, 1.0, 0.0], [0.0, 50.0, 0.0], [800.0, 0.0, 0.0]])[[0, 1, 2, 2]]
labels = np.array([0, 1, 1, 0])
pick = np.arange(4), labels
with np.errstate(all="ignore"):
    e = np.exp(rows)
    print("naive  ", -np.log(e / e.sum(axis=1, keepdims=True))[pick])
    e = np.exp(rows - rows.max(axis=1, keepdims=True))
    print("shifted", -np.log(e / e.sum(axis=1, keepdims=True))[pick])
print("lse - z", lossref.logsumexp(rows) - rows[pick])
print("lossref", lossref.softmax_cross_entropy(rows, labels))
print("p_c - 1", lossref.softmax(rows)[pick] - 1)
print("lossref", lossref.softmax_cross_entropy_grad(rows, labels)[pick] + 0.0)
