import numpy as np

import lossref

for classes in (2, 3, 4, 10, 100):
    perfect = np.eye(classes)[0]
    floor = lossref.softmax_cross_entropy(perfect, 0)
    closed = np.log(np.e + classes - 1) - 1
    print(f"{classes:3d} classes: lowest loss {floor:.3f}, by SCE.25 {closed:.3f}")
