import numpy as np

import lossref

rng = np.random.default_rng(0)
truth = np.array([-0.5, 1.5, -1.0])


def fit(design, y, grad, hess):
    beta = np.zeros(3)
    for _ in range(15):
        z = design @ beta
        slope = design.T @ grad(z, y)
        curvature = design.T @ (np.maximum(hess(z, y), 1e-3)[:, None] * design)
        beta -= np.linalg.solve(curvature, slope)
    return beta


ce, brier = [], []
for _ in range(200):
    design = np.column_stack([np.ones(1000), rng.normal(size=(1000, 2))])
    y = (rng.random(1000) < lossref.sigmoid(design @ truth)).astype(float)
    ce.append(
        fit(
            design,
            y,
            lossref.sigmoid_cross_entropy_grad,
            lossref.sigmoid_cross_entropy_hess,
        )
    )
    brier.append(
        fit(
            design,
            y,
            lossref.sigmoid_squared_error_grad,
            lambda z, y: lossref.sigmoid_cross_entropy_hess(z, y) ** 2 * 2,
        )
    )
print("mean, cross-entropy", np.mean(ce, axis=0).round(2))
print("mean, Brier score", np.mean(brier, axis=0).round(2))
print(
    "variance ratio Brier / cross-entropy",
    (np.var(brier, axis=0) / np.var(ce, axis=0)).round(1),
)
