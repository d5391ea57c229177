import numpy as np

t = np.linspace(0, 1, 40)
for degree in (4, 8, 12):
    X, true = np.vander(t, degree + 1), np.ones(degree + 1)
    y = X @ true
    normal = np.linalg.solve(X.T @ X, X.T @ y)
    stable = np.linalg.lstsq(X, y, rcond=None)[0]
    right = [bool(np.abs(w - true).max() < 1e-6) for w in (normal, stable)]
    print(f"degree {degree:2d}, condition {np.linalg.cond(X):.0e}:", end=" ")
    print(f"six digits by normal equations {right[0]}, by lstsq {right[1]}")
