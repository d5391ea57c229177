import numpy as np

import lossref


def steps(grad, start, rate):
    w, b, n = start, start, 0
    while w + b >= -np.log(9):
        pull = grad(w + b, 0)
        w, b, n = w - rate * pull, b - rate * pull, n + 1
    return n


def time(z, ce):
    if ce:
        return z - np.exp(-z)
    return (3 * z + np.exp(z) - 3 * np.exp(-z) - np.exp(-2 * z) / 2) / 2


ce, se = lossref.sigmoid_cross_entropy_grad, lossref.sigmoid_squared_error_grad
runs = {
    "cross-entropy": (ce, 0.15),
    "squared error": (se, 0.15),
    "squared error, rate × 27/8": (se, 0.15 * 27 / 8),
    "squared error, rate × 9": (se, 0.15 * 9),
}
print("| | from (2, 2) | predicted | from (5, 5) | predicted |")
print("| --- | ---: | ---: | ---: | ---: |")
for name, (grad, rate) in runs.items():
    row = []
    for start in (2.0, 5.0):
        flow = time(2 * start, grad is ce) - time(-np.log(9), grad is ce)
        row += [f"{steps(grad, start, rate):,}", f"{flow / (2 * rate):,.1f}"]
    print(f"| {name} |", " | ".join(row), "|")
