import lossref

sure, fair = [1.0, 0.0], [0.5, 0.5]
print("entropy of a sure thing:", lossref.entropy(sure))
print("the truth is sure:      ", round(lossref.kl_divergence(sure, fair), 4))
print("the forecast is sure:   ", lossref.kl_divergence(fair, sure))
print("its gradient:           ", lossref.kl_divergence_grad(fair, sure))
