import numpy as np
import torch
import torch.nn.functional as F

import lossref

logits, labels = np.array([-1.5, 0.25, 3.0, 0.5]), np.array([0.0, 1.0, 1.0, 0.0])
z, y = torch.tensor(logits), torch.tensor(labels)

theirs = F.binary_cross_entropy_with_logits(z, y)
ours = lossref.sigmoid_cross_entropy(logits, labels).mean()
print(f"from logits          {theirs:.6f}  {ours:.6f}")

theirs = F.binary_cross_entropy(torch.sigmoid(z), y)
ours = lossref.binary_cross_entropy(lossref.sigmoid(logits), labels).mean()
print(f"from probabilities   {theirs:.6f}  {ours:.6f}")

theirs = F.binary_cross_entropy_with_logits(z, y, pos_weight=torch.tensor(3.0))
ours = lossref.sigmoid_cross_entropy(logits, labels, pos_weight=3.0).mean()
print(f"weight of positives  {theirs:.6f}  {ours:.6f}")
