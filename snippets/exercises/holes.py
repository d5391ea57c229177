import numpy as np


def loss_and_gradient(logits, labels, keep):
    if not keep.any():
        raise ValueError("no row is kept")
    rows = np.flatnonzero(keep)
    z = logits[rows] - logits[rows].max(axis=1, keepdims=True)
    z -= np.log(np.exp(z).sum(axis=1, keepdims=True))
    at = np.arange(len(rows)), labels[rows]
    loss, p = -z[at].mean(), np.exp(z)
    p[at] -= 1
    gradient = np.zeros(logits.shape)
    gradient[rows] = p / len(rows)
    return loss, gradient


logits, labels = np.zeros((3, 2)), np.array([0, 1, -100])
loss, gradient = loss_and_gradient(logits, labels, labels >= 0)
print(loss.round(4), gradient.tolist())
