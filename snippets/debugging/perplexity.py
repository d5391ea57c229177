import numpy as np

losses = np.array([0.1, 5.0])
print("exp of the mean:   ", np.exp(losses.mean()).round(4))
print("mean of the exps:  ", np.exp(losses).mean().round(4))
bits = losses / np.log(2)
print("2 ** mean of bits: ", (2 ** bits.mean()).round(4))
print("exp of mean bits:  ", np.exp(bits.mean()).round(4))
