import numpy as np

limits = {
    "1 - 1e-6": np.float16(1 - 1e-6),
    "the largest float16 below 1": np.nextafter(np.float16(1), np.float16(0)),
}
upstream = np.array([1.0, 0.0], dtype=np.float16)
for name, limit in limits.items():
    p = np.minimum(np.array([0.5, 1.0], dtype=np.float16), limit)
    with np.errstate(all="ignore"):
        print(f"clamp at {name}: forward {1 - np.exp(np.log1p(-p))},", end=" ")
        print(f"backward {upstream * (1 / (1 - p))}")
