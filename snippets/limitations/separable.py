import numpy as np

import lossref

x = np.array([-2.0, -1.0, 1.0, 2.0])
y = np.array([0, 0, 1, 1])
plain = ridge = squared = 0.0
for step in range(1, 10_001):
    plain -= lossref.sigmoid_cross_entropy_value_and_grad(plain * x, y)[1] @ x
    ridge -= (
        lossref.sigmoid_cross_entropy_value_and_grad(ridge * x, y)[1] @ x + 0.01 * ridge
    )
    squared -= (lossref.sigmoid_squared_error_grad(squared * x, y) * x).mean()
    if step in (100, 1000, 10_000):
        loss = lossref.sigmoid_cross_entropy(plain * x, y).mean()
        print(
            f"step {step}: weight {plain:.2f}, loss {loss:.1e};",
            f"with penalty {ridge:.2f}; squared error: weight {squared:.2f}",
        )
