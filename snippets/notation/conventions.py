import numpy as np

import lossref

logits = np.array([[2.0, 0.0, -np.inf], [0.0, 0.0, 0.0]])
index = np.array([0, 2])
one_hot = np.eye(3)[index]

print("logits", logits.shape, "index", index.shape, "distribution", one_hot.shape)
print("from the index       ", lossref.softmax_cross_entropy(logits, index).round(4))
print("from the distribution", lossref.softmax_cross_entropy(logits, one_hot).round(4))
print("the masked class costs 0; three equal logits cost ln 3 =", np.log(3).round(4))
