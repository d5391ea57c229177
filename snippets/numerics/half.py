import numpy as np

import lossref

ones = np.ones(4096, dtype=np.float16)
print("1 + 1 + ..., 4096 times:", int(np.add.accumulate(ones)[-1]))
losses = np.full(40_000, 2.5, dtype=np.float16)
with np.errstate(over="ignore"):
    print("sum of 40000 losses of 2.5:", losses.sum())
print("the same, summed in float32:", int(losses.sum(dtype=np.float32)))
gradient = np.float16(0.001) / np.float16(65_504)
print("0.001 divided by 65504 examples:", gradient)

logits = np.array([[3.0, -2.0], [9.0, -9.0]], dtype=np.float16)
loss = lossref.softmax_cross_entropy(logits, [0, 0])
print("lossref on float16:", loss.dtype, [f"{value:.4g}" for value in loss])
