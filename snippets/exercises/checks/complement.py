import numpy as np

with np.errstate(all="ignore"):
    small, middle, large = (np.asarray(log1mexp([x]))[0] for x in (1e-20, 1.0, 40.0))
assert np.isclose(middle, np.log(1 - np.exp(-1))), "At x = 1 it is the logarithm of 1 - 1/e."
assert np.isfinite(small), "At 1e-20 the difference is 0 and its logarithm infinite: use expm1."
assert np.isclose(small, np.log(1e-20), rtol=1e-14, atol=0), "Near 0 it is the logarithm of x."
assert large != 0, "At 40 the result is about -exp(-40), not 0: use log1p."
assert np.isclose(large, -np.exp(-40.0), rtol=1e-12, atol=0), "Far out it is about -exp(-x)."
