import numpy as np

rng = np.random.default_rng(0)
z, m = rng.normal(0, 30, (2, 100_000)).astype(np.float32)
d = z - m
moved = d - z
error = (z - (d - moved)) - (m + moved)
true = z.astype(np.float64) - m
print("z - m is exact in float32:     ", f"{(d == true).mean():.0%} of the pairs")
print(
    "d + error is exact:            ",
    f"{(d + error.astype(np.float64) == true).mean():.0%}",
)
