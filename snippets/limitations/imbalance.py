import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=20_000)
y = (rng.random(x.size) < lossref.sigmoid(1.2 * x - 4)).astype(int)
design = np.column_stack([np.ones_like(x), x])


def fit(pos_weight):
    beta = np.zeros(2)
    for _ in range(50):
        z = design @ beta
        grad = lossref.sigmoid_cross_entropy_grad(z, y, pos_weight=pos_weight)
        hess = lossref.sigmoid_cross_entropy_hess(z, y, pos_weight=pos_weight)
        beta -= np.linalg.solve(design.T @ (hess[:, None] * design), design.T @ grad)
    return design @ beta


ratio = (1 - y.mean()) / y.mean()
weighted = fit(ratio)
fits = {
    "plain": fit(1.0),
    "weighted": weighted,
    "weighted, corrected": weighted - np.log(ratio),
}
print("share of positives", y.mean().round(3))
for name, z in fits.items():
    p = lossref.sigmoid(z)
    recall = [(p[y == 1] > cut).mean() for cut in (0.5, y.mean())]
    loss = lossref.sigmoid_cross_entropy(z, y).mean()
    print(
        f"{name}: mean {p.mean():.3f}, log score {loss:.3f},",
        f"recall {recall[0]:.2f} {recall[1]:.2f}",
    )
