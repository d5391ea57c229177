import numpy as np
import xgboost

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(200, 3))
label = (x[:, 0] + rng.normal(size=200) > 0).astype(float)
data = xgboost.DMatrix(x, label)
settings = {"base_score": 0.5, "nthread": 1, "max_depth": 2}


def objective(raw, data):
    y = data.get_label()
    grad = lossref.sigmoid_cross_entropy_grad(raw, y)
    return grad, lossref.sigmoid_cross_entropy_hess(raw, y)


theirs = xgboost.train({**settings, "objective": "binary:logistic"}, data, 5)
ours = xgboost.train({**settings, "base_score": 0.0}, data, 5, obj=objective)
a, b = (model.predict(data, output_margin=True) for model in (theirs, ours))
print(f"first raw score  {a[0]:.4f}  {b[0]:.4f}")
print(f"last raw score   {a[-1]:.4f}  {b[-1]:.4f}")
