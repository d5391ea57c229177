import numpy as np

import lossref

rng = np.random.default_rng(0)
x = np.column_stack([np.ones(20_000), rng.normal(size=20_000)])
truth = lossref.sigmoid(x @ [-4.2, 1.2])
y = (rng.uniform(size=20_000) < truth).astype(float)
prevalence = y.mean()


def fit(weight):
    w = np.zeros(2)
    for _ in range(25):
        z = x @ w
        grad = lossref.sigmoid_cross_entropy_grad(z, y, pos_weight=weight)
        hess = lossref.sigmoid_cross_entropy_hess(z, y, pos_weight=weight)
        w -= np.linalg.solve((x.T * hess) @ x, x.T @ grad)
    return x @ w


z = fit((1 - prevalence) / prevalence)
models = {
    "unweighted": fit(1.0),
    "balanced": z,
    "corrected": lossref.prior_correction(z, trained=0.5, actual=prevalence),
}
print(f"share of positives {prevalence:.4f}")
for name, z in models.items():
    mean, loss = lossref.sigmoid(z).mean(), lossref.sigmoid_cross_entropy(z, y).mean()
    print(f"{name:10s} mean p {mean:.4f}, log loss {loss:.4f}")
