import numpy as np


def log1mexp(x):
    x = np.asarray(x, dtype=float)
    near = x < np.log(2)
    small, large = np.where(near, x, 1.0), np.where(near, 1.0, x)
    return np.where(near, np.log(-np.expm1(-small)), np.log1p(-np.exp(-large)))


print(*(f"{value:.6g}" for value in log1mexp([1e-20, 0.5, 40.0])))
