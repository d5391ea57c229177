import numpy as np
import torch
import torch.nn.functional as F

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels = np.array([2, 0, 1])
z, c = torch.tensor(logits, requires_grad=True), torch.tensor(labels)
hot = F.one_hot(c, 3)

ours = lossref.softmax_cross_entropy(logits, labels)
theirs = F.cross_entropy(z, c, reduction="none")
print(f"one loss per example   {ours[0]:.6f}  {theirs[0]:.6f}")

ours = lossref.softmax_cross_entropy_grad(logits, labels)
(theirs,) = torch.autograd.grad(theirs.sum(), z)
print(f"gradient per example   {ours[0, 0]:.6f}  {theirs[0, 0]:.6f}")

ours = lossref.brier_score(lossref.softmax(logits), labels)
theirs = ((torch.softmax(z, dim=1) - hot) ** 2).sum(dim=1)
print(f"Brier score            {ours[0]:.6f}  {theirs[0]:.6f}")

ours = lossref.sigmoid_squared_error(logits[:, 0], labels == 0)
theirs = (torch.sigmoid(z[:, 0]) - (c == 0).double()) ** 2
print(f"squared error, sigmoid {ours[0]:.6f}  {theirs[0]:.6f}")

ours = lossref.focal(logits[:, 0], labels == 0, gamma=2.0)
bce = F.binary_cross_entropy_with_logits(z[:, 0], (c == 0).double(), reduction="none")
theirs = (1 - torch.exp(-bce)) ** 2 * bce
print(f"focal loss             {ours[0]:.6f}  {theirs[0]:.6f}")
