import numpy as np

import lossref as lr

rng = np.random.default_rng(4)
p, q, z = rng.dirichlet(np.ones(4)), rng.dirichlet(np.ones(4)), rng.normal(size=4)
s = lr.softmax(z)


def verdict(f, claimed, x, step=None):
    measured = lr.numerical_gradient(f, x, step=step)
    error = np.abs(measured - claimed).max() / np.abs(claimed).max()
    return "nine digits agree" if error < 1e-9 else "differs"


def of_logits(f):
    return lambda z: f(lr.softmax(z))


free = verdict(lambda q: p @ np.log(p / q), lr.kl_divergence_grad(p, q), q, 1e-4)
second = verdict(of_logits(lambda s: lr.kl_divergence(p, s)), s - p, z)
claimed = s * (np.log(s / q) - lr.kl_divergence(s, q))
first = verdict(of_logits(lambda s: lr.kl_divergence(s, q)), claimed, z)
own = verdict(of_logits(lr.entropy), -s * (np.log(s) + lr.entropy(s)), z)
print("| Formula | Gradient of | Against differences |")
print("| --- | --- | --- |")
print(f"| [INF.3][] | divergence, in the forecast | {free} |")
print(f"| [INF.9][] | divergence, in the logits of the forecast | {second} |")
print(f"| [INF.12][] | entropy, in the logits | {own} |")
print(f"| [INF.14][] | divergence, in the logits of the first argument | {first} |")
