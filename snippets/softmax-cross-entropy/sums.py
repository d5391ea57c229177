import numpy as np

import lossref

z = np.array([1.0, -0.5, 2.0])
p = lossref.softmax(z)


def loss(z, t):
    return t @ (lossref.logsumexp(z) - z)


for t in np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 1.0], [0.5, 0.0, 0.0]]):
    true = lossref.numerical_gradient(lambda z, t=t: loss(z, t), z)
    print(f"sum of t: {t.sum():.1f}")
    print("  measured     ", true.round(4))
    print("  p - t        ", (p - t).round(4))
    print("  (sum t) p - t", (t.sum() * p - t).round(4))
