import numpy as np

import lossref

single, double = np.finfo(np.float32), np.finfo(np.float64)
smoothed = lossref.smooth_labels([0], 10, 0.1)[0]
others = np.r_[0.9, np.full(9, 0.1 / 9)]
for classes, word in ((2, "two"), (10, "ten")):
    uniform = lossref.softmax_cross_entropy(np.zeros(classes), 0)
    print(f"dbg_uniform_{word} = {uniform:.3f}")
words = {2: "long", 3: "three", 10: "ten_long", 1000: "thousand"}
for classes, word in words.items():
    uniform = lossref.softmax_cross_entropy(np.zeros(classes), 0)
    print(f"dbg_uniform_{word} = {uniform:.4f}")
for classes, word in ((2, "two"), (3, "three"), (4, "four"), (10, "ten")):
    floor = lossref.softmax_cross_entropy(np.eye(classes)[0], 0)
    print(f"dbg_floor_{word} = {floor:.3f}")
print(f"dbg_smooth = {lossref.entropy(smoothed):.4f}")
print(f"dbg_smooth_others = {lossref.entropy(others):.4f}")
print(f"dbg_cap = {-np.log(1e-7):.3f}")
print(f"dbg_cap_twice = {-np.log(2e-7):.2f}")
print(f"dbg_eps_single = {-np.log(float(single.eps)):.2f}")
print(f"dbg_eps_old = {-np.log(1e-15):.2f}")
print(f"dbg_eps_double = {-np.log(double.eps):.2f}")
print(f"dbg_tiny = {-np.log(float(single.tiny)):.4f}")
