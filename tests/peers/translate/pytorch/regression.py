import numpy as np
import torch
import torch.nn.functional as F

import lossref

prediction, target = np.array([2.5, 0.0, 2.0, 7.5]), np.array([3.0, -0.5, 2.0, 4.0])
x, y = torch.tensor(prediction), torch.tensor(target)

theirs = F.mse_loss(x, y)
ours = lossref.mean_squared_error(prediction, target)
print(f"mean squared error  {theirs:.6f}  {ours:.6f}")

theirs = F.mse_loss(x, y, reduction="sum")
ours = lossref.squared_error(prediction, target).sum()
print(f"sum of squares      {theirs:.6f}  {ours:.6f}")

theirs = F.huber_loss(x, y, delta=0.5)
ours = lossref.huber(prediction, target, delta=0.5).mean()
print(f"Huber               {theirs:.6f}  {ours:.6f}")

theirs = F.smooth_l1_loss(x, y, beta=0.5)
ours = lossref.huber(prediction, target, delta=0.5).mean() / 0.5
print(f"Smooth L1           {theirs:.6f}  {ours:.6f}")
