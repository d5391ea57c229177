import numpy as np

import lossref

z, y = np.array([-2.0, 0.5, 3.0, 0.0]), np.array([0.0, 1.0, 0.0, 0.25])
with np.errstate(all="ignore"):
    got = np.asarray(loss(z, y))
    far = np.asarray(loss([1000.0, -1000.0], [0.0, 1.0]))
    tiny = np.asarray(loss([40.0, -40.0], [1.0, 0.0]))
assert got.shape == (4,), "One loss per logit, no mean."
assert np.allclose(got[:3], lossref.sigmoid_cross_entropy(z, y)[:3]), "At 0 it is log 2. Signs?"
assert np.allclose(got[3], np.log(2)), "The target may be soft, as one quarter: use both terms."
assert np.isfinite(far).all(), "At 1000 the sigmoid is 1 and log(1 - p) is infinite: no sigmoid."
assert np.allclose(far, 1000), "The logit 1000 with target 0 costs 1000; clipping hides that."
exact = lossref.sigmoid_cross_entropy([40.0, -40.0], [1.0, 0.0])
assert np.allclose(tiny, exact, rtol=1e-9, atol=0), "A tiny loss became 0: log(1 + e) needs log1p."
