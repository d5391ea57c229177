import numpy as np

import lossref

z = np.array([[4.0, 0.0, 0.0], [4.0, 0.0, 0.0]])
e = np.exp(z)
batch = e / e.sum(axis=0)
print("over the batch:  ", batch[0].round(3), "sum", batch[0].sum().round(3))
print("over the classes:", lossref.softmax(z)[0].round(3))
print("batch of one:    ", (e[:1] / e[:1].sum(axis=0))[0])
