import numpy as np

outputs = {
    "logits": [[2.0, -1.0, 0.5]],
    "log-probabilities": np.log([[0.7, 0.1, 0.2]]),
    "softmax": [[0.7, 0.1, 0.2]],
    "sigmoids": [[0.7, 0.6, 0.2]],
}
for name, rows in outputs.items():
    rows = np.array(rows)
    inside = bool((rows >= 0).all() and (rows <= 1).all())
    sums = f"{rows.sum():4.1f}, of exponentials {np.exp(rows).sum():4.1f}"
    print(f"{name:17}: in [0, 1] {inside!s:5}, sum of a row {sums}")
