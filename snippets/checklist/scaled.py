import numpy as np

rng = np.random.default_rng(0)
x = rng.normal([3, 80], [1, 20], size=(1000, 2))
y = x @ [20_000, 2000] + rng.normal(0, 30_000, size=1000)
for name in ("raw", "scaled"):
    print(
        f"{name}: inputs {x.mean(axis=0).round()} +- {x.std(axis=0).round()}", end="; "
    )
    print(f"target {y.mean():.0f} +- {y.std():.0f}", end="; ")
    print(f"rates below {1 / np.linalg.eigvalsh(x.T @ x / 1000)[-1]:.2g}")
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), (y - y.mean()) / y.std()
