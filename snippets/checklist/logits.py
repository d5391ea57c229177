import numpy as np

outputs = {"logits": [[2.0, -1.0, 0.5]], "probabilities": [[0.7, 0.1, 0.2]]}
for name, row in outputs.items():
    row = np.array(row)
    inside = bool((row >= 0).all() and (row <= 1).all())
    print(f"{name}: all in [0, 1] {inside}, sum of a row {row.sum():.1f}")
