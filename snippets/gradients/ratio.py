import lossref

print("| logit | p | cross-entropy | squared error | ratio |")
print("| ---: | ---: | ---: | ---: | ---: |")
for z in (-5.0, 0.0, 2.0, 5.0, 10.0, 20.0):
    p = lossref.sigmoid(z)
    ce = lossref.sigmoid_cross_entropy_grad(z, 0)
    se = lossref.sigmoid_squared_error_grad(z, 0)
    print(
        f"| {z:.0f} | {p:.4f} | {ce:.4f} | {se:.3g} | {ce / se:,.1f} |".replace(
            "e-", "e−"
        )
    )
