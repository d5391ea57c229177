import numpy as np

import lossref

z, c = np.array([2.0, -1.0, 0.5]), 2
for a in (0.0, 10.0, -1000.0):
    loss = lossref.softmax_cross_entropy(z + a, c)
    grad = lossref.softmax_cross_entropy_grad(z + a, c)
    print(f"shift {a:6.0f}: loss {loss:.4f}, gradient {grad.round(4)}")

pair, difference = np.array([0.5, 1.75]), 1.25
print("two logits:", round(lossref.softmax_cross_entropy(pair, 1), 4))
print("  gradient:", lossref.softmax_cross_entropy_grad(pair, 1).round(4))
print("difference:", round(lossref.sigmoid_cross_entropy(difference, 1), 4))
print("  gradient:", round(lossref.sigmoid_cross_entropy_grad(difference, 1), 4))
