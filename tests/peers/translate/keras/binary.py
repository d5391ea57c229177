import numpy as np
from keras import losses

import lossref

logits, labels = np.array([-1.5, 0.25, 3.0, 0.5]), np.array([0.0, 1.0, 1.0, 0.0])
probability = lossref.sigmoid(logits)

theirs = float(losses.BinaryCrossentropy(from_logits=True)(labels, logits))
ours = lossref.sigmoid_cross_entropy(logits, labels).mean()
print(f"from logits         {theirs:.5f}  {ours:.5f}")

theirs = float(losses.BinaryCrossentropy()(labels, probability))
ours = lossref.binary_cross_entropy(probability, labels).mean()
print(f"from probabilities  {theirs:.5f}  {ours:.5f}")

theirs = float(losses.BinaryCrossentropy(label_smoothing=0.1)(labels, probability))
ours = lossref.binary_cross_entropy(probability, 0.9 * labels + 0.05).mean()
print(f"label smoothing     {theirs:.5f}  {ours:.5f}")

theirs = float(losses.BinaryFocalCrossentropy()(labels, probability))
ours = lossref.focal(logits, labels, gamma=2.0).mean()
print(f"focal loss          {theirs:.5f}  {ours:.5f}")
