import numpy as np

import lossref

z = np.array([-1000.0, -50.0, 0.0, 50.0, 1000.0])
for y in (0.0, 1.0):
    loss = lossref.sigmoid_cross_entropy(z, np.full(5, y))
    grad = lossref.sigmoid_cross_entropy_grad(z, np.full(5, y))
    print(
        f"target {y:.0f}: finite {np.isfinite(loss).all() & np.isfinite(grad).all()},",
        end=" ",
    )
    print(f"largest loss {loss.max():.0f}, largest gradient {abs(grad).max():.0f}")
