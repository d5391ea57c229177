import numpy as np

import lossref

target = np.array([0.0, 1.0, 1.0])
logits = np.array([2.0, -1.0, 0.5])


def loss(z):
    return lossref.sigmoid_squared_error(z, target).sum()


def gradient(z):
    return lossref.sigmoid_squared_error_grad(z, target)


def half(z):
    return gradient(z) / 2


print("right:", lossref.check_gradient(loss, gradient, logits) < 1e-9)
print("factor 2 lost:", round(lossref.check_gradient(loss, half, logits), 4))
wrong = lossref.check_gradient(loss, lambda z: -gradient(z), logits)
print("sign lost:", round(wrong, 4))
