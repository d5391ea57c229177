import numpy as np

import lossref

low, high = ((39 + s * 55 * np.sqrt(33)) / 2304 for s in (-1, 1))
print(f"opt_lowest_curvature = −{-low:.4f}")
print(f"opt_highest_curvature = {high:.4f}")
print(f"opt_first_loss_ten = {lossref.softmax_cross_entropy(np.zeros(10), 0):.4f}")
print(f"opt_curvature_at_ten = {lossref.sigmoid_cross_entropy_hess(10.0, 1):.6f}")
