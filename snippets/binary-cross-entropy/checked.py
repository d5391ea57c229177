import numpy as np

import lossref as lr

rng = np.random.default_rng(2)
z, y = rng.normal(0, 2, 6), rng.uniform(size=6)
p = rng.uniform(0.05, 0.95, 6)


def error(f, derivative, x, step=None, **options):
    measured = lr.numerical_gradient(lambda x: np.sum(f(x, y, **options)), x, step=step)
    claimed = derivative(x, y, **options)
    return np.abs(claimed - measured).max() / np.abs(claimed).max()


from_p = lr.binary_cross_entropy, lr.binary_cross_entropy_grad
hess_p = lr.binary_cross_entropy_grad, lr.binary_cross_entropy_hess
from_z = lr.sigmoid_cross_entropy, lr.sigmoid_cross_entropy_grad
hess_z = lr.sigmoid_cross_entropy_grad, lr.sigmoid_cross_entropy_hess
print("| Formula | Function | Against differences |")
print("| --- | --- | --- |")
for formula, pair, x, options in [
    ("BCE.2", from_p, p, {"step": 1e-4}),
    ("BCE.3", hess_p, p, {"step": 1e-4}),
    ("BCE.5", from_z, z, {}),
    ("BCE.6", hess_z, z, {}),
    ("BCE.8", from_z, z, {"pos_weight": 3.0}),
    ("BCE.9", hess_z, z, {"pos_weight": 3.0}),
]:
    verdict = "nine digits agree" if error(*pair, x, **options) < 1e-9 else "differs"
    print(f"| [{formula}][] | `{pair[1].__name__}` | {verdict} |")
