import numpy as np

import lossref

logits = np.array([-4.0, 0.0, 4.0])
ones = np.ones(3)
print("sigmoid, target 1")
print("loss", lossref.sigmoid_squared_error(logits, ones).round(4))
print("grad", lossref.sigmoid_squared_error_grad(logits, ones).round(4))

rows = np.array([[2.0, 0.0, -1.0], [0.0, 8.0, 0.0]])
print("softmax, class 0 is right")
print("loss", lossref.softmax_squared_error(rows, [0, 0]).round(4))
print("grad", lossref.softmax_squared_error_grad(rows, [0, 0]).round(4).tolist())
p = lossref.softmax(rows)
print("loss, from probabilities", lossref.brier_score(p, [0, 0]).round(4))
