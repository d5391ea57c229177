import lossref

steps = lossref.binary_cross_entropy(0.001, 1) - lossref.binary_cross_entropy(0.01, 1)
print(f"claims_log_ten = {steps:.2f}")
