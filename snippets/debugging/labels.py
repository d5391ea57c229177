import numpy as np

import lossref

logits = np.array([[0.2, 0.1, 0.4, 0.6]])
print("label -1, NumPy index:", -lossref.log_softmax(logits)[0, -1].round(4))
print("label  3, NumPy index:", -lossref.log_softmax(logits)[0, 3].round(4))
for label in (4, -1):
    try:
        lossref.softmax_cross_entropy(logits, [label])
    except ValueError as error:
        print("lossref:", error)
