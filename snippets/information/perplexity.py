import numpy as np

import lossref

losses = np.array([0.1, 5.0])
print("exp of the mean:  ", np.exp(losses.mean()).round(1))
print("2 to the mean bits:", (2 ** (losses / np.log(2)).mean()).round(1))
print("mean of the exps: ", np.exp(losses).mean().round(1))
uniform = lossref.softmax_cross_entropy(np.zeros((4, 50)), [0, 7, 7, 49])
print("uniform over 50:  ", np.exp(uniform.mean()).round(1))
print("200 nats over 100 tokens:", np.exp(200 / 100).round(1))
print("200 nats over 130 tokens:", np.exp(200 / 130).round(1))
