import numpy as np

import lossref

z = np.array([-3.0, 3.0])
for y in (np.array([-1.0, 1.0]), np.array([1.0, 2.0])):
    textbook = np.logaddexp(0, z) - z * y
    print(f"labels {y}: losses {textbook.round(4)}")
    try:
        lossref.sigmoid_cross_entropy(z, y)
    except ValueError as error:
        print("lossref:", error)
print("labels [0. 1.]:", lossref.sigmoid_cross_entropy(z, [0, 1]).round(4))
