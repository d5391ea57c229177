import numpy as np

import lossref as lr

rng = np.random.default_rng(3)
z, p, t = rng.normal(0, 2, 5), rng.dirichlet(np.ones(5)), rng.dirichlet(np.ones(5))
v, w = rng.normal(size=5), rng.uniform(1, 4, 5)


def error(f, claimed, x, step=None):
    measured = lr.numerical_gradient(f, x, step=step)
    return np.abs(measured - claimed).max() / np.abs(claimed).max()


def through_softmax(**options):
    grad = lr.softmax_cross_entropy_grad(z, t, **options)
    hess = v @ lr.softmax_cross_entropy_hess(z, t, **options)
    return (
        error(lambda z: lr.softmax_cross_entropy(z, t, **options), grad, z),
        error(lambda z: v @ lr.softmax_cross_entropy_grad(z, t, **options), hess, z),
    )


grad_p = lr.categorical_cross_entropy_grad(p, t)
hess_p = v @ lr.categorical_cross_entropy_hess(p, t)
in_p = (
    error(lambda p: -t @ np.log(p), grad_p, p, 1e-4),
    error(lambda p: -v @ (t / p), hess_p, p, 1e-4),
)
print("| Formula | Function | Against differences |")
print("| --- | --- | --- |")
for formula, name, size in [
    ("SCE.2", "categorical_cross_entropy_grad", in_p[0]),
    ("SCE.3", "categorical_cross_entropy_hess", in_p[1]),
    ("SCE.5", "softmax_cross_entropy_grad", through_softmax()[0]),
    ("SCE.6", "softmax_cross_entropy_hess", through_softmax()[1]),
    ("SCE.9", "softmax_cross_entropy_grad", through_softmax(class_weights=w)[0]),
    ("SCE.10", "softmax_cross_entropy_hess", through_softmax(class_weights=w)[1]),
]:
    verdict = "nine digits agree" if size < 1e-9 else "differs"
    print(f"| [{formula}][] | `{name}` | {verdict} |")
