import numpy as np

import lossref

logits = np.random.default_rng(2).normal(size=(4, 3))
labels = np.array([2, 0, 1, 1])
got = np.asarray(cross_entropy(logits, labels))
assert got.shape == (4,), "One loss per row: pick one entry of each row, with np.arange."
exact = lossref.softmax_cross_entropy(logits, labels)
assert not np.allclose(got, -exact), "A loss is minus the logarithm of a probability."
assert np.allclose(got, exact), "The exponentials of one row sum to the denominator of that row."
with np.errstate(all="ignore"):
    far = np.asarray(cross_entropy(logits + 1000, labels))
assert np.isfinite(far).all(), "Logits around 1000 overflow. Subtract the largest of the row."
assert np.allclose(far, exact), "Adding 1000 to all logits of a row must not change its loss."
