import numpy as np

import lossref

stars = 5
guesses = {
    "4 stars": [0.05, 0.05, 0.05, 0.65, 0.2],
    "1 star": [0.65, 0.05, 0.05, 0.05, 0.2],
}
above = (stars > np.arange(1, 5)).astype(float)
for name, p in guesses.items():
    plain = lossref.categorical_cross_entropy([p], [stars - 1])[0]
    tail = 1 - np.cumsum(p)[:-1]
    ordered = lossref.binary_cross_entropy(tail, above).sum()
    print(f"mass on {name}: softmax form {plain:.3f}, cumulative form {ordered:.3f}")
