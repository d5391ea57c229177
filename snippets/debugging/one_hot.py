import numpy as np

import lossref

z = np.array([[2.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
t = np.array([[1, 0, 0], [0, 1, 0]])
print("class indices:", lossref.softmax_cross_entropy(z, t.argmax(axis=1)).round(4))
print("distribution: ", lossref.softmax_cross_entropy(z, t.astype(float)).round(4))
print("rows as indices:", -lossref.log_softmax(z)[np.arange(2), t[:, 0]].round(4))
