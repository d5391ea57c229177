import numpy as np

import lossref

logits = np.array([[2.0, -np.inf, 0.0], [0.0, 3.0, -1.0]])
grad = lossref.softmax_cross_entropy_grad(logits, [0, 1])
print("masked class:", lossref.softmax_cross_entropy(logits, [0, 1]).round(4))
print("its gradient:", grad[0].round(4))

for target in ([0, 3], [0, -100], [[1, 0, 1], [0, 1, 0]]):
    try:
        lossref.softmax_cross_entropy(logits, target)
    except ValueError as error:
        print(target, "->", error)

keep = np.array([True, False])
mean, grad = lossref.softmax_cross_entropy_value_and_grad(logits, [0, 1], where=keep)
print("first row only:", round(mean, 4), grad.round(4).tolist())
