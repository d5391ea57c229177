import numpy as np


def gradient(f, x, h=1e-5):
    g = np.zeros_like(x)
    for i in range(x.size):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


print(gradient(lambda x: (x**2).sum(), np.array([1.0, -2.0, 0.5])).round(6))
