import numpy as np

prediction, target = np.zeros((4, 1)), np.zeros(4)
print("same number of elements:", prediction.size == target.size)
print("same shape:             ", prediction.shape == target.shape)
print("shape of the difference:", (prediction - target).shape)
