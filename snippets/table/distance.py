import lossref

p, q, r, s = [[0.5, 0.5]], [[0.1, 0.9]], [[0.3, 0.7]], [[0.001, 0.999]]


def cross_entropy(t, predicted):
    return lossref.categorical_cross_entropy(predicted, t)[0]


def kl(t, predicted):
    return lossref.kl_divergence(t, predicted)[0]


print(f"H(p, q) = {cross_entropy(p, q):.3f}, H(q, p) = {cross_entropy(q, p):.3f}")
print(f"H(p, p) = {cross_entropy(p, p):.3f}, not 0")
detour = cross_entropy(p, q) + cross_entropy(q, s)
print(f"H(p, s) = {cross_entropy(p, s):.3f} > H(p, q) + H(q, s) = {detour:.3f}")
print(f"KL(p, q) = {kl(p, q):.3f} > KL(p, r) + KL(r, q) = {kl(p, r) + kl(r, q):.3f}")
print(f"squared error from 0 to 2 is {lossref.squared_error(0, 2):.0f} > 1 + 1")
