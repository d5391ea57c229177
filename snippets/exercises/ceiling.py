import numpy as np

import lossref


def clipped(z):
    return -np.log(1 - np.clip(lossref.sigmoid(z), 1e-7, 1 - 1e-7))


for z in (10.0, 16.0, 40.0):
    slope = (clipped(z + 1e-4) - clipped(z - 1e-4)) / 2e-4
    exact = lossref.sigmoid_cross_entropy(z, 0)
    exact_slope = lossref.sigmoid_cross_entropy_grad(z, 0)
    print(f"z = {z:g}: clipped {clipped(z):.3f}, slope {slope:.2f};", end=" ")
    print(f"exact {exact:.3f}, slope {exact_slope:.2f}")
