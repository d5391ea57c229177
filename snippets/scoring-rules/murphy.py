import numpy as np

import lossref

rng = np.random.default_rng(3)
forecast = rng.integers(0, 11, 5000) / 10
event = rng.random(5000) < 0.2 + 0.6 * forecast

score = lossref.squared_error(forecast, event).mean()
base = event.mean()
reliability = resolution = 0.0
for level in np.unique(forecast):
    chosen = forecast == level
    rate = event[chosen].mean()
    reliability += chosen.mean() * (level - rate) ** 2
    resolution += chosen.mean() * (rate - base) ** 2
print("Brier score", round(score, 4))
print("reliability", round(reliability, 4), "resolution", round(resolution, 4))
print("uncertainty", round(base * (1 - base), 4))
print(
    "difference", round(abs(score - (reliability - resolution + base * (1 - base))), 12)
)
