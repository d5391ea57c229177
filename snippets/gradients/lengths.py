import numpy as np

import lossref

rng = np.random.default_rng(0)
for classes in (2, 3, 10):
    z = rng.normal(0, 3, (50_000, classes))
    t = rng.integers(0, classes, len(z))
    ce = lossref.softmax_cross_entropy_grad(z, t)
    se = lossref.softmax_squared_error_grad(z, t)
    long, short = np.linalg.norm(ce, axis=1), np.linalg.norm(se, axis=1)
    cosine = (ce * se).sum(axis=1) / (long * short)
    print(f"K = {classes:2d}: largest ratio of lengths {(short / long).max():.3f},")
    print(f"  cosine: median {np.median(cosine):.3f}, smallest {cosine.min():.3f}")
