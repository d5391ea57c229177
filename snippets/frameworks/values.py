import numpy as np

print(f"fw_keras = {-np.log(1e-7):.2f}")
print(f"fw_keras_other = {-np.log(1 - float(np.float32(1) - np.float32(1e-7))):.2f}")
print(f"fw_sklearn = {-np.log(np.finfo(np.float64).eps):.2f}")
