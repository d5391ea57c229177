import numpy as np

import lossref

rng = np.random.default_rng(0)
target = rng.normal(size=200_000)
prediction = target + rng.normal(0.7, 1.3, size=target.size)

residual = prediction - target
variance, bias = residual.var(), residual.mean()
mse = lossref.mean_squared_error(prediction, target)
print(f"variance of the residuals   {variance:.3f}")
print(f"squared mean residual       {bias**2:.3f}")
print(f"their sum                   {variance + bias**2:.3f}")
print(f"mean squared error          {mse:.3f}")
print(f"variance of the predictions {prediction.var():.3f}")
