import numpy as np

import lossref

f, y = np.array([0.5, 4.0]), np.zeros(2)
for delta in (1.0, 2.0):
    huber = lossref.huber(f, y, delta=delta)
    r = abs(f - y)
    smooth = np.where(r < delta, r**2 / (2 * delta), r - delta / 2)
    print(f"delta = beta = {delta}: Huber {huber}, SmoothL1 {smooth}")
