import lossref

print("p         cross-entropy   squared error")
for power in range(1, 11):
    p = 0.5**power
    ce = lossref.binary_cross_entropy(p, 1)
    se = lossref.squared_error(p, 1)
    print(f"{p:.6f}  {ce:13.4f}   {se:13.4f}")
