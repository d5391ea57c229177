import numpy as np

import lossref

z = np.linspace(-40, 40, 80_001)
y = np.zeros_like(z)
ce = lossref.sigmoid_cross_entropy_hess(z, y)
se = lossref.sigmoid_squared_error_hess(z, y)
logits, first = np.column_stack([0 * z, z]), y.astype(int)
many = np.linalg.eigvalsh(lossref.softmax_cross_entropy_hess(logits, first))
square = np.linalg.eigvalsh(lossref.softmax_squared_error_hess(logits, first))
linear = lossref.squared_error_hess(z, y)
print("| Loss and output | Smallest curvature | Largest curvature |")
print("| --- | ---: | ---: |")
for name, found in {
    "squared error, linear": linear,
    "cross-entropy, sigmoid": ce,
    "cross-entropy, softmax, 2 classes": many,
    "squared error, sigmoid": se,
    "squared error, softmax, 2 classes": square,
}.items():
    print(f"| {name} | {found.min().round(4) + 0:.4f} | {found.max():.4f} |")
