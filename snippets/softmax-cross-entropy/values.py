import numpy as np

import lossref

for classes, word in ((10, "ten"), (1000, "thousand")):
    loss = lossref.softmax_cross_entropy(np.zeros(classes), 0)
    print(f"sce_start_{word} = {loss:.3f}")
floor = lossref.softmax_cross_entropy(np.eye(10)[0], 0)
print(f"sce_double_floor_ten = {floor:.3f}")
print(f"sce_double_floor_four = {lossref.softmax_cross_entropy(np.eye(4)[0], 0):.3f}")
print(f"sce_soft_floor = {lossref.entropy([0.0, 0.25, 0.25, 0.5]):.4f}")
