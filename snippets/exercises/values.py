import numpy as np

import lossref

print(f"exe_right = {lossref.sigmoid_cross_entropy(np.log(3), 1):.4f}")
print(f"exe_wrong = {lossref.sigmoid_cross_entropy(np.log(3), 0):.4f}")
print(f"exe_log2 = {np.log(2):.4f}")
print(f"exe_weather = {lossref.entropy([1 / 2, 1 / 4, 1 / 4]):.4f}")
p, q = [1 / 2, 1 / 2], [1 / 4, 3 / 4]
print(f"exe_forward = {lossref.kl_divergence(p, q):.4f}")
print(f"exe_backward = {lossref.kl_divergence(q, p):.4f}")
print(f"exe_word = {np.log(32):.4f}")
print(f"exe_log10 = {np.log(10):.3f}")
print(f"exe_million = {np.log(1e6):.2f}")
