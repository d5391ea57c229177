import numpy as np

import lossref as lr

rng = np.random.default_rng(1)
z, y = rng.normal(0, 2, 5), rng.uniform(size=5)
t, direction = rng.dirichlet(np.ones(5)), rng.normal(size=5)


def error(f, derivative):
    target = t if "softmax" in f.__name__ else y
    hessian = derivative(z, target).ndim == 2
    weight = direction if hessian else 1.0
    return lr.check_gradient(
        lambda x: np.sum(weight * f(x, target)),
        lambda x: weight @ derivative(x, target) if hessian else derivative(x, target),
        z,
    )


print("| Formula | Function | Against differences |")
print("| --- | --- | --- |")
for formula, f, derivative in [
    ("SE.2", lr.squared_error, lr.squared_error_grad),
    ("SE.3", lr.squared_error_grad, lr.squared_error_hess),
    ("SE.5", lr.mean_squared_error, lr.mean_squared_error_grad),
    ("SE.8", lr.sigmoid_squared_error, lr.sigmoid_squared_error_grad),
    ("SE.9", lr.sigmoid_squared_error_grad, lr.sigmoid_squared_error_hess),
    ("SE.11", lr.softmax_squared_error, lr.softmax_squared_error_grad),
    ("SE.12", lr.softmax_squared_error_grad, lr.softmax_squared_error_hess),
]:
    verdict = "nine digits agree" if error(f, derivative) < 1e-9 else "differs"
    print(f"| [{formula}][] | `{derivative.__name__}` | {verdict} |")
