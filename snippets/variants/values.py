import numpy as np

import lossref

z = np.linspace(-8, 2, 100_001)
grad = lossref.focal_grad(z, np.ones_like(z), gamma=2.0)
print(f"focal_largest_gradient = {-grad.min():.3f}")
print(f"focal_turning_point = {lossref.sigmoid(z[grad.argmin()]):.3f}")

smooth = lossref.smooth_labels(0, 10, 0.1)
others = np.append(1 - 0.1, np.full(9, 0.1 / 9))
print(f"smoothing_floor = {lossref.entropy(smooth):.4f}")
print(f"smoothing_floor_others = {lossref.entropy(others):.4f}")
print(f"smoothing_margin = {np.log(smooth[0] / smooth[1]):.2f}")
print(f"huber_right = {lossref.huber(-3.0, 0.0):.1f}")
print(f"huber_misprint = −{3.0 + 1 / 2:.1f}")
