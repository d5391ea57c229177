import numpy as np

import lossref

clean = np.array([-1.2, -0.7, -0.4, -0.1, 0.0, 0.2, 0.3, 0.8, 1.1])


def half_squared_grad(prediction, target):
    return lossref.squared_error_grad(prediction, target) / 2


def minimizer(gradient, target, steps=4000):
    guess = 0.0
    for step in range(steps):
        pull = gradient(np.full_like(target, guess), target).mean()
        guess -= pull / (1 + step / 50)
    return guess


print("outlier at      squared    Huber  absolute")
for outlier in (1.0, 10.0, 100.0, 1000.0):
    target = np.append(clean, outlier)
    best = [
        minimizer(half_squared_grad, target),
        minimizer(lossref.huber_grad, target),
        minimizer(lossref.absolute_error_grad, target),
    ]
    print(f"{outlier:10.0f}", "".join(f"{value:10.2f}" for value in best))
