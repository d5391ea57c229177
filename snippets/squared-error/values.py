import lossref

print(f"se_gradient_bound = {8 / 27:.4f}")
at_five = -lossref.sigmoid_squared_error_grad(-5.0, 1)
print(f"se_gradient_minus_five = {at_five:.4f}")
print(f"se_bound_over_gradient = {8 / 27 / at_five:.0f}")
