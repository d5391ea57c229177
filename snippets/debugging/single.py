import numpy as np

import lossref

z = np.array([[-3.0], [0.0], [5.0]])
print("softmax of one output:", lossref.softmax(z).ravel())
print("loss, whatever z is:  ", lossref.softmax_cross_entropy(z, [0, 0, 0]))
print("sigmoid of it:        ", lossref.sigmoid(z).ravel().round(3))
