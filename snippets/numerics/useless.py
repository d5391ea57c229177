import numpy as np

for dtype, eps in ((np.float16, 1e-4), (np.float32, 1e-8), (np.float64, 1e-17)):
    p = np.clip(dtype(1), dtype(eps), dtype(1) - dtype(eps))
    with np.errstate(divide="ignore"):
        loss = -np.log(dtype(1) - p)
    print(f"{dtype.__name__}: 1 clipped at 1 - {eps:.0e} is {p:.6f}, loss {loss}")
