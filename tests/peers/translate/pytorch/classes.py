import numpy as np
import torch
import torch.nn.functional as F

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels = np.array([2, 0, 1])
soft = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.1, 0.2, 0.7]])
z, c, t = torch.tensor(logits), torch.tensor(labels), torch.tensor(soft)

theirs = F.cross_entropy(z, c)
ours = lossref.softmax_cross_entropy(logits, labels).mean()
print(f"class indices    {theirs:.6f}  {ours:.6f}")

theirs = F.cross_entropy(z, t)
ours = lossref.softmax_cross_entropy(logits, soft).mean()
print(f"distributions    {theirs:.6f}  {ours:.6f}")

theirs = F.nll_loss(F.log_softmax(z, dim=1), c)
ours = lossref.categorical_cross_entropy(lossref.softmax(logits), labels).mean()
print(f"two steps        {theirs:.6f}  {ours:.6f}")

theirs = F.cross_entropy(z, c, label_smoothing=0.1)
smoothed = lossref.smooth_labels(labels, 3, 0.1)
ours = lossref.softmax_cross_entropy(logits, smoothed).mean()
print(f"label smoothing  {theirs:.6f}  {ours:.6f}")

theirs = F.kl_div(F.log_softmax(z, dim=1), t, reduction="batchmean")
ours = lossref.kl_divergence(soft, lossref.softmax(logits)).mean()
print(f"KL divergence    {theirs:.6f}  {ours:.6f}")
