import lossref


def steps(rate, factor):
    w, b, n = 2.0, 2.0, 0
    while (p := lossref.sigmoid(w + b)) >= 0.1:
        pull = factor * (p - 0) * p * (1 - p)
        w, b, n = w - rate * pull, b - rate * pull, n + 1
    return n


print("squared error,      rate 0.15:", steps(0.15, 2), "steps")
print("half squared error, rate 0.15:", steps(0.15, 1), "steps")
print("half squared error, rate 0.30:", steps(0.30, 1), "steps")
