import lossref

print("entropy of a sure thing:", lossref.entropy([1.0, 0.0]))
print(
    "q leaves room:          ", round(lossref.kl_divergence([1.0, 0.0], [0.5, 0.5]), 4)
)
print("q rules out what occurs:", lossref.kl_divergence([0.5, 0.5], [1.0, 0.0]))
print("gradient there:         ", lossref.kl_divergence_grad([0.5, 0.5], [1.0, 0.0]))
