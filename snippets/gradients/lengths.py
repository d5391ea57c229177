import numpy as np

import lossref

rng = np.random.default_rng(0)
for classes in (2, 3, 10):
    z = rng.normal(0, 3, (50_000, classes))
    t = rng.integers(0, classes, len(z))
    ce = lossref.softmax_cross_entropy_grad(z, t)
    se = lossref.softmax_squared_error_grad(z, t)
    length_ce, length_se = np.linalg.norm(ce, axis=1), np.linalg.norm(se, axis=1)
    cosine = (ce * se).sum(axis=1) / (length_ce * length_se)
    print(
        f"K = {classes:2d}: longest length ratio {(length_se / length_ce).max():.3f},",
        f"cosine: median {np.median(cosine):.3f}, smallest {cosine.min():.3f}",
    )
