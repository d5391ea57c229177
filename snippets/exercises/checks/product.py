import numpy as np

import lossref

z, v = np.random.default_rng(4).normal(size=(2, 6))
got = np.asarray(hessian_product(z, v))
p = lossref.softmax(z)
assert got.shape == (6,), "The product is a vector with one entry per class."
assert not np.allclose(got, p * v), "That is diag(p) v. The second part of J is missing."
assert np.isclose(got.sum(), 0), "The entries must sum to 0: is it p (p · v) that you subtract?"
exact = lossref.softmax_cross_entropy_hess(z[None], [0])[0] @ v
assert not np.allclose(got, -exact), "The sign is turned round."
assert np.allclose(got, exact), "Compare with softmax_cross_entropy_hess on three classes."
