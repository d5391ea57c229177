import numpy as np
from keras import losses

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels = np.array([2, 0, 1])
soft = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.1, 0.2, 0.7]])

theirs = float(losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits))
ours = lossref.softmax_cross_entropy(logits, labels).mean()
print(f"class indices    {theirs:.5f}  {ours:.5f}")

theirs = float(losses.CategoricalCrossentropy(from_logits=True)(soft, logits))
ours = lossref.softmax_cross_entropy(logits, soft).mean()
print(f"distributions    {theirs:.5f}  {ours:.5f}")

smoothing = losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
theirs = float(smoothing(np.eye(3)[labels], logits))
smoothed = lossref.smooth_labels(labels, 3, 0.1)
ours = lossref.softmax_cross_entropy(logits, smoothed).mean()
print(f"label smoothing  {theirs:.5f}  {ours:.5f}")

theirs = float(losses.KLDivergence()(soft, lossref.softmax(logits)))
ours = lossref.kl_divergence(soft, lossref.softmax(logits)).mean()
print(f"KL divergence    {theirs:.5f}  {ours:.5f}")
