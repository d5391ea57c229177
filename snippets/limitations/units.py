import numpy as np

import lossref

meters = np.array([[1.70, 60.0], [1.80, 80.0]])
guess = np.array([[1.60, 61.0], [1.90, 79.0]])
scale = np.array([100.0, 1.0])
for name, s in (("meters", 1.0), ("centimeters", scale)):
    errors = lossref.squared_error(guess * s, meters * s).mean(axis=0)
    print(name, "share of the height", (errors[0] / errors.sum()).round(3))
