import numpy as np

import lossref

logits = np.zeros(3)
for target in ([0, 1, 2], [-1, 1, 1], [[0], [1], [1]], [np.nan, 1, 0]):
    try:
        print(target, lossref.sigmoid_cross_entropy(logits, target).round(4))
    except ValueError as error:
        print(target, "->", error)
