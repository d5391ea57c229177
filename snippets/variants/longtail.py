import numpy as np

import lossref

rng = np.random.default_rng(3)
priors = np.array([0.90, 0.08, 0.02])
centers = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
y = rng.choice(3, size=2000, p=priors)
points = centers[y] + rng.normal(size=(y.size, 2))
x = np.column_stack([np.ones(y.size), points])


def train(adjust):
    w = step = np.zeros((3, 3))
    for _ in range(300):
        grad = lossref.softmax_cross_entropy_grad(adjust(x @ w), y)
        step = 0.9 * step - x.T @ grad / y.size
        w = w + step
    return w


plain = train(lambda z: z)
adjusted = train(lambda z: lossref.logit_adjustment(z, priors))
for name, w in (("plain   ", plain), ("adjusted", adjusted)):
    said = (x @ w).argmax(axis=1)
    recall = [(said[y == k] == k).mean() for k in range(3)]
    accuracy = (said == y).mean()
    print(name, "recall", np.round(recall, 2), f"accuracy {accuracy:.2f}")
shift = (plain - adjusted)[0]
print("difference of intercepts", (shift - shift[0]).round(2))
print("log of the prior ratios ", np.log(priors / priors[0]).round(2))
