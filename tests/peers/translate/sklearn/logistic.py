import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(40, 2))
label = (x[:, 0] + rng.normal(size=40) > 0).astype(float)
target = x @ [1.0, -2.0] + rng.normal(size=40)

w = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-10).fit(x, label).coef_[0]
total = x.T @ lossref.sigmoid_cross_entropy_grad(x @ w, label)
print(f"C times the summed loss  {w[0]:.6f}  {-0.5 * total[0]:.6f}")

w = Ridge(alpha=3.0, fit_intercept=False).fit(x, target).coef_
total = x.T @ lossref.squared_error_grad(x @ w, target)
print(f"summed squared error     {3 * 2 * w[0]:.6f}  {-total[0]:.6f}")
