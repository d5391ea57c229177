import numpy as np

import lossref

p = np.array([0.99, 0.9, 0.5, 0.1, 0.01, 0.001])
z = np.log(p / (1 - p))
y = np.ones_like(p)
columns = (
    lossref.sigmoid_cross_entropy(z, y),
    lossref.sigmoid_squared_error(z, y),
    abs(lossref.sigmoid_cross_entropy_grad(z, y)),
    abs(lossref.sigmoid_squared_error_grad(z, y)),
)
print("| p | CE loss | SE loss | CE pull | SE pull |")
print("|---:|---:|---:|---:|---:|")
for probability, *row in zip(p, *columns, strict=True):
    print(f"| {probability:g} |", " | ".join(f"{value:.4f}" for value in row), "|")
