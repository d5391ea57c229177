import numpy as np

import lossref

for name, wrong in (("eps / K", 0.1 / 10), ("eps / (K - 1)", 0.1 / 9)):
    t = np.full(10, wrong)
    t[0] = 1 - 9 * wrong
    best = lossref.softmax_cross_entropy(np.log(t), t)
    print(f"eps spread as {name}: target {t[0]:.4f}, lowest loss {best:.4f}")
print("smooth_labels:", lossref.smooth_labels([0], 10, 0.1)[0, :3].round(4))
