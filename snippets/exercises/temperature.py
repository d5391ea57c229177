import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def fit_temperature(logits, labels):
    seen = logits[np.arange(len(labels)), labels].mean()
    low, high = 0.05, 20.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        expected = (softmax(logits / middle) * logits).sum(axis=1).mean()
        low, high = (middle, high) if expected > seen else (low, middle)
    return middle


rng = np.random.default_rng(0)
z = rng.normal(size=(20000, 3))
labels = (z + rng.gumbel(size=z.shape)).argmax(axis=1)
print(f"{fit_temperature(3 * z, labels):.2f}")
