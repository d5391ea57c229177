import numpy as np

import lossref

logits = np.array([[2.0, 0.0, -np.inf], [0.0, 0.0, 0.0]])
index = np.array([0, 2])
one_hot = np.eye(3)[index]
print("shapes:", logits.shape, index.shape, one_hot.shape)

for name, target in (("index", index), ("distribution", one_hot)):
    loss = lossref.softmax_cross_entropy(logits, target)
    print(f"from the {name:12s}", loss.round(4))
print("three equal logits cost ln 3 =", np.log(3).round(4))
