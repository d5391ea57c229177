import numpy as np

gradient = np.float16(0.001)
for n in (1_000, 10_000, 33_000, 34_000, 60_000):
    plain = gradient / np.float16(n)
    scaled = np.float16(1024) * gradient / np.float16(n)
    print(f"0.001 / {n}: {plain:.2g}, with the loss times 1024: {scaled:.2g}")
