import numpy as np

import lossref

rng = np.random.default_rng(0)
p = lossref.sigmoid(rng.normal(-4, 1.5, 100_000))
sick = rng.random(p.size) < p
print(f"prevalence {sick.mean():.3f}")
for share in (1 / 2, 1 / 11):
    alarm = p >= share
    missed, false = np.sum(sick & ~alarm), np.sum(~sick & alarm)
    cost = (10 * missed + false) / p.size
    found = 1 - missed / sick.sum()
    print(f"alarm from p = {share:.3f}: found {found:.3f}, mean cost {cost:.3f}")
