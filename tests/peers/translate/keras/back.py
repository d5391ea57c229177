import numpy as np
from keras import losses, ops

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]], "float32")
labels = np.array([2, 0, 1])
hot = np.eye(3, dtype="float32")[labels]

ours = lossref.softmax_cross_entropy(logits, labels)
loss = losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")
theirs = ops.convert_to_numpy(loss(labels, logits))
print(f"one loss per example    {ours[0]:.5f}  {theirs[0]:.5f}")

ours = lossref.brier_score(lossref.softmax(logits), labels)
theirs = ops.convert_to_numpy(ops.sum((ops.softmax(logits) - hot) ** 2, axis=1))
print(f"Brier score             {ours[0]:.5f}  {theirs[0]:.5f}")

ours = lossref.softmax_cross_entropy(logits, labels, class_weights=[1.0, 2.0, 6.0])
loss = losses.CategoricalCrossentropy(from_logits=True, reduction="none")
theirs = ops.convert_to_numpy(loss(hot, logits, sample_weight=hot @ [1.0, 2.0, 6.0]))
print(f"class weights           {ours[0]:.5f}  {theirs[0]:.5f}")
