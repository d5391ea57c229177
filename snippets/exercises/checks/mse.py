import numpy as np

import lossref

a, b = np.random.default_rng(1).normal(size=(2, 5))
got = mse(a, b)
assert np.ndim(got) == 0, "The mean is one number, not one per example."
assert not np.isclose(got, 0), "The predictions and targets differ, so the mean cannot be zero."
assert not np.isclose(got, lossref.mean_squared_error(a, b) * 5), "That is the sum. Divide by n."
assert not np.isclose(got, lossref.mean_squared_error(a, b) / 2), "Half of it: no ½ in this one."
assert np.isclose(got, lossref.mean_squared_error(a, b)), "Square the differences, then average."
try:
    mse(a, b[:, None])
except ValueError:
    refused = True
else:
    refused = False
assert refused, "(5,) against (5, 1) must raise ValueError; NumPy averaged 25 differences."
