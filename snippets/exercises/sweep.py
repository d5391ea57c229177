import numpy as np

import lossref

y = np.array([1.0, 2.0, 3.0, 4.0, 100.0])
constants = np.linspace(0, 30, 30001)
predictions, targets = np.broadcast_arrays(constants[:, None], y)
for delta in (0.1, 1, 10, 50, 1000):
    losses = lossref.huber(predictions, targets, delta=delta).mean(axis=1)
    print(f"delta = {delta:6g}: best constant {constants[losses.argmin()]:6.3f}")
