import numpy as np

p = np.array([0.0, 0.5])
chosen = np.where(p > 0, 1.0, 0.0)
with np.errstate(all="ignore"):
    print("where(p > 0, log(p), 0):       ", np.where(p > 0, np.log(p), 0).round(4))
    print("its chain rule, chosen * 1 / p:", chosen * (1 / p))
safe = np.where(p > 0, p, 1.0)
print("with a safe argument inside:   ", chosen * (1 / safe))
