import numpy as np

x = np.array([[2.0, 7.0], [3.0, 7.0], [4.0, 7.0]])
with np.errstate(invalid="ignore"):
    x = (x - x.mean(axis=0)) / x.std(axis=0)
parts = {"inputs": x, "targets": np.array([1.0, 0.0, np.nan]), "weights": np.zeros(2)}
for name, numbers in parts.items():
    print(f"{name}: not finite {np.sum(~np.isfinite(numbers))} of {numbers.size}")
