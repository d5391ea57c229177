import numpy as np

print(f"num_cap_seven = {-np.log(1e-7):.3f}")
print(f"num_cap_double = {-np.log(np.finfo(np.float64).eps):.2f}")
print(f"num_sigmoid_one_single = {24 * np.log(2):.2f}")
print(f"num_sigmoid_one_double = {53 * np.log(2):.2f}")
print(f"num_exp_single = {128 * np.log(2):.2f}")
