import lossref

print(f"bce_at_zero = {lossref.sigmoid_cross_entropy(0.0, 1):.4f}")
print(f"bce_tenth = {lossref.binary_cross_entropy(0.1, 1):.2f}")
print(f"bce_hundredth = {lossref.binary_cross_entropy(0.01, 1):.2f}")
print(f"bce_nine_tenths = {lossref.binary_cross_entropy(0.9, 1):.2f}")
print(f"bce_floor_nine_tenths = {lossref.entropy([0.9, 0.1]):.4f}")
