import numpy as np

import lossref

for classes in (2, 3, 4, 10, 1000):
    floor = lossref.softmax_cross_entropy(np.eye(classes)[0], 0)
    closed = np.log(np.e + classes - 1) - 1
    p = np.full(classes, 1 / classes)
    once = lossref.softmax_cross_entropy_grad(0 * p, 0)
    inner = lossref.softmax_cross_entropy_grad(p, 0)
    twice = p * (inner - p @ inner)
    share = np.linalg.norm(once) / np.linalg.norm(twice)
    print(f"{classes:4d} classes: lowest loss {floor:.3f}", end=", ")
    print(f"by SCE.25 {closed:.3f}; first gradient / {share:.0f}")
