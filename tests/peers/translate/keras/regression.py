import numpy as np
from keras import losses

import lossref

prediction, target = np.array([2.5, 0.0, 2.0, 7.5]), np.array([3.0, -0.5, 2.0, 4.0])

theirs = float(losses.MeanSquaredError()(target, prediction))
ours = lossref.mean_squared_error(prediction, target)
print(f"mean squared error  {theirs:.5f}  {ours:.5f}")

theirs = float(losses.Huber(delta=0.5)(target, prediction))
ours = lossref.huber(prediction, target, delta=0.5).mean()
print(f"Huber               {theirs:.5f}  {ours:.5f}")
