import numpy as np
from keras import losses

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels, weights = np.array([2, 0, 1]), np.array([1.0, 2.0, 6.0])
each = lossref.softmax_cross_entropy(logits, labels)
sparse = losses.SparseCategoricalCrossentropy(from_logits=True)

theirs = float(sparse(labels, logits, sample_weight=weights[labels]))
ours = (weights[labels] * each).mean()
print(f"weights, over n            {theirs:.5f}  {ours:.5f}")

total = losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
theirs = float(total(labels, logits, sample_weight=weights[labels]))
theirs /= weights[labels].sum()
ours = lossref.weighted_mean(each, weights[labels])
print(f"weights, over the weights  {theirs:.5f}  {ours:.5f}")

without = losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=1)
theirs = float(without(labels, logits))
ours = lossref.weighted_mean(each, where=labels != 1)
print(f"ignored class              {theirs:.5f}  {ours:.5f}")
