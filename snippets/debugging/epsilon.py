import numpy as np

for name, eps in {
    "1e-15 (older default)": 1e-15,
    "float64 epsilon": np.finfo(np.float64).eps,
    "float32 epsilon": np.finfo(np.float32).eps,
}.items():
    print(f"p = 0 clipped at {name}: {-np.log(eps):.2f}")
one = np.array([1.0], dtype=np.float32)
print("float32: 1 - 1e-15 == 1 is", bool((one - 1e-15 == one)[0]))
