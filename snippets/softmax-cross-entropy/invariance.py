import numpy as np

import lossref

z, c = np.array([2.0, -1.0, 0.5]), 2
for a in (0.0, 10.0, -1000.0):
    loss = lossref.softmax_cross_entropy(z + a, c)
    grad = lossref.softmax_cross_entropy_grad(z + a, c)
    total = abs(grad.sum().round(4))
    print(f"shift {a:6.0f}: loss {loss:.4f}, gradient {grad.round(4)}, sum {total:.0f}")

pair = np.array([0.4, 1.6])
print("two logits, class 1:", round(lossref.softmax_cross_entropy(pair, 1), 4))
print("their difference:   ", round(lossref.sigmoid_cross_entropy(1.6 - 0.4, 1), 4))
print(lossref.softmax_cross_entropy_grad(pair, 1).round(4))
print(round(lossref.sigmoid_cross_entropy_grad(1.6 - 0.4, 1), 4))
