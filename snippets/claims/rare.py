import numpy as np

import lossref

rng = np.random.default_rng(0)
for n, runs in ((200, 1000), (500, 1000), (2000, 400), (10_000, 100)):
    x = rng.normal(size=(runs, n))
    y = (rng.random((runs, n)) < lossref.sigmoid(x - 4)).astype(float)
    beta = np.tile([-4.0, 1.0], (runs, 1))
    design = np.stack([np.ones_like(x), x], axis=2)
    for _ in range(12):
        z = beta[:, :1] + beta[:, 1:] * x
        slope = lossref.sigmoid_cross_entropy_grad(z, y)[:, None] @ design
        v = lossref.sigmoid_cross_entropy_hess(z, y)[:, :, None]
        curvature = design.transpose(0, 2, 1) @ (v * design) + 1e-6 * np.eye(2)
        step = np.linalg.solve(curvature, slope[:, 0, :, None])[..., 0]
        beta -= np.clip(step, -1, 1)
    print(f"n = {n:6,}: positives {y.sum(axis=1).mean():3.0f},", end=" ")
    print(f"median intercept {np.median(beta[:, 0]):.2f}")
