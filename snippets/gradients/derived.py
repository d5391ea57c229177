import numpy as np

import lossref

rng = np.random.default_rng(3)
z, y = rng.normal(0, 3, 8), rng.uniform(0, 1, 8)
logits, t = rng.normal(0, 2, (8, 4)), rng.dirichlet(np.ones(4), 8)
pairs = {
    "GRD.2": ("sigmoid_squared_error", z, y),
    "GRD.3": ("sigmoid_cross_entropy", z, y),
    "GRD.5": ("softmax_squared_error", logits, t),
    "GRD.6": ("softmax_cross_entropy", logits, t),
}
for formula, (name, at, target) in pairs.items():
    f, grad = getattr(lossref, name), getattr(lossref, name + "_grad")

    def total(v, f=f, target=target):
        return f(v, target).sum()

    def claimed(v, grad=grad, target=target):
        return grad(v, target)

    error = lossref.check_gradient(total, claimed, at)
    print(formula, f"{name:22s}", "agrees to 9 digits:", error < 1e-9)
