import numpy as np

import lossref

y = 3.0
losses = {
    "Poisson": (lambda z: np.exp(z) - y * z, lambda z: np.exp(z) - y),
    "Gamma": (lambda z: y * np.exp(-z) + z, lambda z: 1 - y * np.exp(-z)),
}
points = np.linspace(-2, 3, 6)
for name, (loss, gradient) in losses.items():
    error = lossref.check_gradient(lambda z, f=loss: f(z).sum(), gradient, points)
    slope = gradient(np.log(y))
    print(f"{name}: agrees {error < 1e-8}, zero at exp(z) = y {abs(slope) < 1e-12}")
