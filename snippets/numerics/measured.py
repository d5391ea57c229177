import numpy as np

for dtype in (np.float16, np.float32, np.float64):
    z = np.linspace(0, 50, 500_001).astype(dtype)
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-z))
        wide = np.linspace(0, 800, 800_001).astype(dtype)
        over = np.isinf(np.exp(wide))
    print(
        f"{dtype.__name__}: sigmoid is 1 from {z[p == 1][0]:.2f},",
        f"exp overflows from {wide[over][0]:.1f}",
    )
