import numpy as np

import lossref


def first(x, y, u, v):
    logits = x * u * v
    loss = lossref.sigmoid_cross_entropy(logits, y)
    names = ("inputs", "targets", "weights", "logits", "loss")
    parts = zip(names, (x, y, [u, v], logits, loss), strict=True)
    return next((name for name, a in parts if not np.isfinite(a).all()), "nothing")


x, y, u, v = np.array([1.0, 1.0]), np.array([1.0, 0.0]), 1.0, 1.0
with np.errstate(all="ignore"):
    print("standardized constant:", first((x - x.mean()) / x.std(), y, u, v))
    print("a label is missing:   ", first(x, y * [1, np.nan], u, v))
    steps = 0
    while first(x, y, u, v) == "nothing":
        slope = np.mean(lossref.sigmoid_cross_entropy_grad(x * u * v, y) * x)
        u, v, steps = u - 10 * slope * v, v - 10 * slope * u, steps + 1
    print(f"two layers, rate 10:   {first(x, y, u, v)}, after {steps} steps")
