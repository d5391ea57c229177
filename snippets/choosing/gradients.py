import numpy as np

import lossref

y = 3.0
losses = {
    "Poisson": (lambda z: np.exp(z) - y * z, lambda z: np.exp(z) - y),
    "Gamma": (lambda z: y * np.exp(-z) + z, lambda z: 1 - y * np.exp(-z)),
}
z = np.linspace(-2, 3, 6)
for name, (loss, gradient) in losses.items():
    error = lossref.check_gradient(lambda z, f=loss: f(z).sum(), gradient, z)
    print(f"{name}: relative error below 1e-8: {error < 1e-8}")
    print(f"  gradient at exp(z) = {y:.0f}: {abs(gradient(np.log(y))):.6f}")
