import numpy as np

labels, classes = np.array([0, 2, 1, 3]), 3
print(
    "dtype:", labels.dtype.kind, " smallest:", labels.min(), " largest:", labels.max()
)
print("all in 0..K-1:", bool(((labels >= 0) & (labels < classes)).all()))
print("counts:", np.bincount(labels, minlength=classes))
