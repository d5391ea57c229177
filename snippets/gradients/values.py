import lossref

at_ten = lossref.sigmoid_squared_error_grad(10.0, 0)
print(f"grd_se_at_ten = {at_ten:.6f}")
print(f"grd_ce_at_ten = {lossref.sigmoid_cross_entropy_grad(10.0, 0):.5f}")
print(f"grd_bound = {8 / 27:.4f}")
print(f"grd_half_bound = {4 / 27:.4f}")
