import lightgbm
import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=(200, 3))
label = (x[:, 0] + rng.normal(size=200) > 0).astype(float)
settings = {"boost_from_average": False, "num_threads": 1, "verbosity": -1}


def objective(raw, data):
    y = data.get_label()
    grad = lossref.sigmoid_cross_entropy_grad(raw, y)
    return grad, lossref.sigmoid_cross_entropy_hess(raw, y)


def train(objective):
    made = {**settings, "objective": objective}
    return lightgbm.train(made, lightgbm.Dataset(x, label), 5)


theirs, ours = train("binary"), train(objective)
a, b = theirs.predict(x, raw_score=True), ours.predict(x, raw_score=True)
print(f"first raw score  {a[0]:.4f}  {b[0]:.4f}")
print(f"last raw score   {a[-1]:.4f}  {b[-1]:.4f}")
