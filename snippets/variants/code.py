import numpy as np

import lossref

residuals = np.array([-30.0, -1.0, 0.2, 3.0])
zeros = np.zeros(4)
print("squared ", lossref.squared_error_grad(residuals, zeros))
print("Huber   ", lossref.huber_grad(residuals, zeros, delta=1.0))
print("absolute", lossref.absolute_error_grad(residuals, zeros))

logits = np.array([-4.0, 0.0, 4.0])
for gamma in (0, 2):
    loss = lossref.focal(logits, np.ones(3), gamma=gamma)
    print(f"focal, gamma {gamma}", loss.round(4))

print("smoothed", lossref.smooth_labels([2], 4, 0.1))
priors = [0.9, 0.09, 0.01]
print("adjusted", lossref.logit_adjustment(np.zeros(3), priors).round(3))
z = lossref.prior_correction(0.0, trained=0.5, actual=0.02)
print("half becomes", round(lossref.sigmoid(z), 4), "at a prevalence of 2 %")
