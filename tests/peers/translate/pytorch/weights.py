import numpy as np
import torch
import torch.nn.functional as F

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels, weights = np.array([2, 0, 1]), np.array([1.0, 2.0, 6.0])
soft = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.1, 0.2, 0.7]])
padded = np.array([2, -100, 1])
z, c, w = torch.tensor(logits), torch.tensor(labels), torch.tensor(weights)

theirs = F.cross_entropy(z, c, weight=w)
each = lossref.softmax_cross_entropy(logits, labels)
ours = lossref.weighted_mean(each, weights[labels])
print(f"class weights, indices        {theirs:.6f}  {ours:.6f}")

theirs = F.cross_entropy(z, torch.tensor(soft), weight=w)
ours = lossref.softmax_cross_entropy(logits, soft, class_weights=weights).mean()
print(f"class weights, distributions  {theirs:.6f}  {ours:.6f}")

theirs = F.cross_entropy(z, torch.tensor(padded))
keep = padded != -100
ours, _ = lossref.softmax_cross_entropy_value_and_grad(logits, padded, where=keep)
print(f"ignored labels                {theirs:.6f}  {ours:.6f}")
