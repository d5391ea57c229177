import numpy as np
import xgboost

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(200, 3))
target = 10 * x[:, 0] + rng.normal(size=200)
data = xgboost.DMatrix(x, target)
settings = {"base_score": 0.0, "nthread": 1, "max_depth": 2}


def objective(prediction, data):
    y = data.get_label()
    grad = lossref.squared_error_grad(prediction, y) / 2
    return grad, lossref.squared_error_hess(prediction, y) / 2


theirs = xgboost.train({**settings, "objective": "reg:squarederror"}, data, 5)
ours = xgboost.train(settings, data, 5, obj=objective)
a, b = (model.predict(data) for model in (theirs, ours))
print(f"first prediction  {a[0]:.4f}  {b[0]:.4f}")

theirs = float(theirs.eval(data).split(":")[1])
ours = np.sqrt(lossref.mean_squared_error(a, data.get_label()))
print(f"rmse              {theirs:.4f}  {ours:.4f}")
