import numpy as np

import lossref

q = np.linspace(0.001, 0.999, 999)
z = np.log(q) - np.log1p(-q)
ones, zeros = np.ones_like(q), np.zeros_like(q)
rules = {
    "log": (
        lossref.binary_cross_entropy(q, ones),
        lossref.binary_cross_entropy(q, zeros),
    ),
    "Brier": (lossref.squared_error(q, ones), lossref.squared_error(q, zeros)),
    "absolute": (lossref.absolute_error(q, ones), lossref.absolute_error(q, zeros)),
    "focal": (lossref.focal(z, ones), lossref.focal(z, zeros)),
}
print("true", [0.1, 0.3, 0.8])
for name, (if_one, if_zero) in rules.items():
    best = [q[np.argmin(p * if_one + (1 - p) * if_zero)] for p in (0.1, 0.3, 0.8)]
    print(name, [round(float(b), 3) for b in best])
