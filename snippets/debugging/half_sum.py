import numpy as np

losses = np.full(30_000, 2.5, dtype=np.float16)
with np.errstate(over="ignore"):
    print("float16 sum, then divided:", losses.sum() / losses.size)
print("summed in float32:        ", losses.sum(dtype=np.float32) / losses.size)
