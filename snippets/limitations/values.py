import numpy as np

import lossref

print("uncertain_right_loss =", round(lossref.binary_cross_entropy(0.6, 1), 3))
print("sure_wrong_loss =", round(lossref.binary_cross_entropy(0.001, 1), 2))
print("entropy_of_self =", round(lossref.entropy([0.5, 0.5]), 3))
print("kl_there =", round(lossref.kl_divergence([0.5, 0.5], [0.1, 0.9]), 3))
print("kl_back =", round(lossref.kl_divergence([0.1, 0.9], [0.5, 0.5]), 3))
z = np.array([[2.0, 0.0]] * 9 + [[-8.0, 0.0]])
mild = np.array([[-0.1, 0.0]] * 10)
print(
    "worse_loss_better_accuracy =",
    round(lossref.softmax_cross_entropy(z, [0] * 10).mean(), 2),
)
print(
    "better_loss_worse_accuracy =",
    round(lossref.softmax_cross_entropy(mild, [0] * 10).mean(), 2),
)
