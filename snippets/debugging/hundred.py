import numpy as np

import lossref

with np.errstate(all="ignore"):
    for y, logit in ((0, 16.5), (0, 17), (1, -28), (1, -40), (1, -150)):
        z = np.float32(logit)
        p = 1 / (1 + np.exp(-z))
        held = -np.maximum(np.log(p if y else 1 - p), -100)
        slope = (p - y) / np.maximum(p * (1 - p), 1e-12) * p * (1 - p)
        right, one = lossref.sigmoid_cross_entropy_value_and_grad([logit], [y])
        print(f"target {y}, logit {logit:5}: {held:6.2f}, slope {slope:5.2f}", end="; ")
        print(f"with logits {right:6.2f}, slope {one[0]:5.2f}")
