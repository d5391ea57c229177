import numpy as np

import lossref

z = np.random.default_rng(3).normal(size=(4, 3))
with np.errstate(all="ignore"):
    got = np.asarray(log_softmax(z))
    far = np.asarray(log_softmax([[0.0, 1000.0]]))
assert got.shape == (4, 3), "The result has the shape of the logits: use keepdims=True."
assert np.allclose(got, lossref.log_softmax(z)), "Each row has a sum of its own: mind the axis."
assert np.isfinite(far).all(), "At [0, 1000] a probability underflows. Subtract, do not divide."
assert np.allclose(far, [[-1000, 0]]), "Shift by the largest logit, and by nothing else."
