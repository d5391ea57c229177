import numpy as np

import lossref

rng = np.random.default_rng(6)
z = rng.normal(size=(500, 3))
labels = (z + rng.gumbel(size=z.shape)).argmax(axis=1)
got = fit_temperature(2.5 * z, labels)
assert np.ndim(got) == 0, "One temperature for all rows."
assert not np.isclose(got, 1), "These logits are two and a half times too large: T is not 1."
assert got > 1, "These logits are overconfident: they need a temperature above 1."
assert got < 19, "It ran to the end: is the comparison turned round? Are the logits divided by T?"


def mean_loss(temperature):
    return lossref.softmax_cross_entropy(2.5 * z / temperature, labels).mean()


assert mean_loss(got) <= min(mean_loss(got * 0.99), mean_loss(got * 1.01)), (
    "A neighbor is better: go on until the interval is shorter than a thousandth."
)
