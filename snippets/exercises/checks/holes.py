import numpy as np

import lossref

logits = np.random.default_rng(5).normal(size=(5, 3))
labels, keep = np.array([2, 0, 1, 1, 0]), np.array([True, False, True, True, False])
got, gradient = loss_and_gradient(logits.copy(), labels, keep)
exact, exact_gradient = lossref.softmax_cross_entropy_value_and_grad(logits, labels, where=keep)
assert not np.isclose(got, exact * 3 / 5), "Divide by the rows that are kept, not by all rows."
assert np.isclose(got, exact), "The loss is the mean of the kept rows."
assert not np.asarray(gradient)[~keep].any(), "A row that is dropped must not pull."
assert np.allclose(gradient, exact_gradient), "The gradient has the same divisor as the loss."
got, _ = loss_and_gradient(np.array([[800.0, 0.0]]), np.array([1]), np.array([True]))
assert np.isclose(got, 800), "A sure mistake has a finite loss: a probability that underflows is 0."
try:
    got, _ = loss_and_gradient(logits.copy(), np.where(keep, labels, -100), keep)
except IndexError:
    got = np.nan
assert np.isclose(got, exact), "A dropped row may have any label, such as -100: do not look it up."
try:
    loss_and_gradient(logits.copy(), labels, keep & False)
except ValueError:
    refused = True
else:
    refused = False
assert refused, "A mean over nothing is no number: raise ValueError."
