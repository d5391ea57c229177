import numpy as np
from sklearn.metrics import brier_score_loss, log_loss, mean_squared_error

import lossref

prediction, target = np.array([2.5, 0.0, 2.0, 7.5]), np.array([3.0, -0.5, 2.0, 4.0])
probability, label = np.array([0.1, 0.6, 0.95, 0.3]), np.array([0, 1, 1, 0])
classes = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
labels = np.array([2, 0, 1])
weights = np.array([1.0, 3.0, 0.5, 2.0])

theirs = mean_squared_error(target, prediction)
ours = lossref.mean_squared_error(prediction, target)
print(f"mean squared error      {theirs:.6f}  {ours:.6f}")

theirs = log_loss(label, probability)
ours = lossref.binary_cross_entropy(probability, label).mean()
print(f"log loss, two classes   {theirs:.6f}  {ours:.6f}")

theirs = log_loss(labels, classes)
ours = lossref.categorical_cross_entropy(classes, labels).mean()
print(f"log loss, more classes  {theirs:.6f}  {ours:.6f}")

theirs = log_loss(label, probability, sample_weight=weights)
ours = lossref.weighted_mean(lossref.binary_cross_entropy(probability, label), weights)
print(f"weighted                {theirs:.6f}  {ours:.6f}")

theirs = brier_score_loss(label, probability)
ours = lossref.mean_squared_error(probability, label)
print(f"Brier, two classes      {theirs:.6f}  {ours:.6f}")

theirs = brier_score_loss(labels, classes)
ours = lossref.brier_score(classes, labels).mean()
print(f"Brier, more classes     {theirs:.6f}  {ours:.6f}")
