import numpy as np

import lossref

rng = np.random.default_rng(0)
x = np.column_stack([np.ones(20_000), rng.normal(size=20_000)])
y = (rng.uniform(size=20_000) < lossref.sigmoid(x @ [-4.2, 1.2])).astype(float)
prevalence = y.mean()


def fit(pos_weight):
    w = np.zeros(2)
    for _ in range(25):
        grad = lossref.sigmoid_cross_entropy_grad(x @ w, y, pos_weight=pos_weight)
        hess = lossref.sigmoid_cross_entropy_hess(x @ w, y, pos_weight=pos_weight)
        w -= np.linalg.solve((x.T * hess) @ x, x.T @ grad)
    return x @ w


balanced = fit((1 - prevalence) / prevalence)
corrected = lossref.prior_correction(balanced, trained=0.5, actual=prevalence)
print(f"share of positives {prevalence:.4f}")
models = {"unweighted": fit(1.0), "balanced": balanced, "corrected": corrected}
for name, z in models.items():
    loss = lossref.sigmoid_cross_entropy(z, y).mean()
    print(f"{name:10s} mean p {lossref.sigmoid(z).mean():.4f}, log loss {loss:.4f}")
