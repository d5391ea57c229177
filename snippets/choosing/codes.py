import numpy as np

rng = np.random.default_rng(0)
label = rng.integers(0, 3, 3000)
centers = np.array([[0.0, 0.0], [2.0, 1.5], [4.0, 0.0]])
x = np.column_stack([np.ones(3000), centers[label] + rng.normal(size=(3000, 2))])

for codes in ([0, 1, 2], [0, 2, 1], [1, 0, 2]):
    target = np.array(codes)[label]
    fitted = x @ np.linalg.lstsq(x, target, rcond=None)[0]
    hit = fitted.round().clip(0, 2) == target
    print(f"codes {codes}: accuracy {hit.mean():.3f}")

one_hot = np.eye(3)[label]
fitted = x @ np.linalg.lstsq(x, one_hot, rcond=None)[0]
print(f"one-hot targets: accuracy {np.mean(fitted.argmax(axis=1) == label):.3f}")
