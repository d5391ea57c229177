import numpy as np

import lossref as lr

rng = np.random.default_rng(2)
z, y = rng.normal(0, 2, 5), rng.uniform(size=5)
hard, priors = 1, rng.dirichlet(np.ones(5))
smooth = lr.smooth_labels(hard, 5, 0.1)

print("| Formula | Gradient of | Against differences |\n| --- | --- | --- |")
for formula, name, f, grad in [
    ("VAR.2", "Huber loss", lambda x: lr.huber(x, y), lambda x: lr.huber_grad(x, y)),
    ("VAR.4", "focal loss", lambda x: lr.focal(x, y), lambda x: lr.focal_grad(x, y)),
    (
        "VAR.9",
        "absolute error",
        lambda x: lr.absolute_error(x, y),
        lambda x: lr.absolute_error_grad(x, y),
    ),
    (
        "VAR.14",
        "cross-entropy, smoothed",
        lambda x: lr.softmax_cross_entropy(x, smooth),
        lambda x: lr.softmax(x) - (1 - 0.1) * np.eye(5)[hard] - 0.1 / 5,
    ),
    (
        "VAR.15",
        "cross-entropy, adjusted",
        lambda x: lr.softmax_cross_entropy(x + np.log(priors), hard),
        lambda x: lr.softmax(x + np.log(priors)) - np.eye(5)[hard],
    ),
]:
    error = lr.check_gradient(lambda x, f=f: np.sum(f(x)), grad, z)
    verdict = "nine digits agree" if error < 1e-9 else "differs"
    print(f"| [{formula}][] | {name} | {verdict} |")
