import numpy as np

import lossref

print(f"inf_bits_per_nat = {1 / np.log(2):.4f}")
print(f"inf_fair_coin = {lossref.entropy([0.5, 0.5]):.4f}")
print(f"inf_coin_nine = {lossref.entropy([0.9, 0.1]) / np.log(2):.3f}")
