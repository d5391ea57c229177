import numpy as np

import lossref

rng = np.random.default_rng(1)
price = np.exp(rng.normal(12.0, 0.4, 100_000))
plain = np.full(price.size, price.mean())
logged = np.full(price.size, np.exp(np.log(price).mean()))
for name, guess in (("mean", plain), ("exp of mean log", logged)):
    mse = lossref.mean_squared_error(guess / 1e5, price / 1e5)
    mae = lossref.absolute_error(guess / 1e5, price / 1e5).mean()
    print(f"{name}: {guess[0] / 1e5:.2f}, squared {mse:.3f}, absolute {mae:.3f}")
print(f"median: {np.median(price) / 1e5:.2f}")
