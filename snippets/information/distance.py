import lossref

p, r, q = [0.5, 0.5], [0.3, 0.7], [0.1, 0.9]
kl = lossref.kl_divergence
print("p to q:                ", round(kl(p, q), 3))
print("q to p:                ", round(kl(q, p), 3))
print("p to r plus r to q:    ", round(kl(p, r) + kl(r, q), 3))
print("p to itself:           ", kl(p, p))
print("cross-entropy of p, p: ", round(lossref.categorical_cross_entropy(p, p), 3))
