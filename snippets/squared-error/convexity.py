import numpy as np

import lossref

for p in (1 / 2, 2 / 3, 0.9, 0.99):
    z = np.log(p) - np.log1p(-p)
    second = lossref.sigmoid_squared_error_hess(z, 0)
    print(f"sigmoid, p = {p:.3f}: second derivative {round(second, 4) + 0.0:7.4f}")

for wrong in (0.0, 3.0, 6.0):
    hessian = lossref.softmax_squared_error_hess([0.0, wrong, 0.0], 0)
    low, _, high = np.sort(np.linalg.eigvalsh(hessian).round(4) + 0.0)
    print(f"softmax, wrong logit {wrong:.0f}: eigenvalues from {low:.4f} to {high:.4f}")
