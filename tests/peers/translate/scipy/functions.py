import numpy as np
from scipy import special, stats

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
p = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.1, 0.2, 0.7]])
q = special.softmax(logits, axis=1)

theirs = -special.log_softmax(logits, axis=1)[:, 0]
ours = lossref.softmax_cross_entropy(logits, np.array([0, 0, 0]))
print(f"softmax cross-entropy  {theirs[0]:.6f}  {ours[0]:.6f}")

theirs = -special.log_expit(logits[:, 0])
ours = lossref.sigmoid_cross_entropy(logits[:, 0], np.ones(3))
print(f"sigmoid cross-entropy  {theirs[0]:.6f}  {ours[0]:.6f}")

theirs = -special.xlogy(p, q).sum(axis=1)
ours = lossref.categorical_cross_entropy(q, p)
print(f"cross-entropy          {theirs[1]:.6f}  {ours[1]:.6f}")

theirs = special.rel_entr(p, q).sum(axis=1)
ours = lossref.kl_divergence(p, q)
print(f"KL divergence          {theirs[1]:.6f}  {ours[1]:.6f}")

theirs = stats.entropy(p, axis=1)
ours = lossref.entropy(p)
print(f"entropy                {theirs[1]:.6f}  {ours[1]:.6f}")
