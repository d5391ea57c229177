import numpy as np

import lossref

rng = np.random.default_rng(0)
label = np.repeat([0, 1, 2], 500)
x = np.column_stack([3.0 * label - 3, np.zeros(1500)]) + rng.normal(size=(1500, 2))
design = np.column_stack([np.ones(1500), x])
onehot = np.eye(3)[label]
least_squares = design @ np.linalg.lstsq(design, onehot, rcond=None)[0]
weights = np.zeros((3, 3))
for _ in range(2000):
    grad = lossref.softmax_cross_entropy_value_and_grad(design @ weights, label)[1]
    weights -= 0.3 * design.T @ grad
for name, score in (("least squares", least_squares), ("softmax", design @ weights)):
    chosen = score.argmax(axis=1)
    print(name, "accuracy", (chosen == label).mean().round(2), end=", ")
    print("middle class chosen", (chosen == 1).mean().round(2))
