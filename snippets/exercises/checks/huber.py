import numpy as np

import lossref

prediction = np.array([-4.0, -0.5, 0.0, 0.5, 4.0])
zero = np.zeros(5)
got = np.asarray(huber_grad(prediction, zero))
assert got.shape == (5,), "One number per prediction."
assert np.max(np.abs(got)) <= 1, "A residual of 4 pulls with delta = 1, not with 4."
assert not np.allclose(got, -lossref.huber_grad(prediction, zero)), (
    "The sign: raising a prediction that is too high must raise the loss."
)
assert np.allclose(got, lossref.huber_grad(prediction, zero)), (
    "Inside, a residual of one half pulls with one half; outside, the sign stays."
)
assert np.allclose(huber_grad(prediction, zero, 3.0), np.clip(prediction, -3, 3)), "Use delta."
