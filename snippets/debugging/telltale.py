import numpy as np

import lossref

single, double = np.finfo(np.float32), np.finfo(np.float64)
smoothed = lossref.smooth_labels([0], 10, 0.1)[0]
others = np.r_[0.9, np.full(9, 0.1 / 9)]


def uniform(classes):
    return lossref.softmax_cross_entropy(np.zeros(classes), 0)


def twice(classes):
    return lossref.softmax_cross_entropy(np.eye(classes)[0], 0)


def clipped(eps):
    return -np.log(float(eps))


ROWS = [
    (0.5**2, "squared error of the probability 1/2", "saturation"),
    (twice(2), "sure and right, sigmoid or softmax twice", "twice"),
    (lossref.entropy(smoothed), "label smoothing 1/10, ε/K, K = 10", "smoothed"),
    (lossref.entropy(others), "label smoothing 1/10, ε/(K − 1)", "smoothed"),
    (twice(3), "sure and right, softmax twice, 3 classes", "twice"),
    (uniform(2), "ln 2: probability 1/2", "dead"),
    (uniform(2), "sure and right about a 0, sigmoid twice", "sigmoids"),
    (twice(4), "sure and right, softmax twice, 4 classes", "twice"),
    (lossref.brier_score(np.full(10, 0.1), 0), "Brier score, uniform, K = 10", "brier"),
    (uniform(3), "ln 3: uniform over 3 classes", "uniform"),
    (2 * uniform(2), "2 ln 2: two binary losses, added", "dead"),
    (twice(10), "sure and right, softmax twice, 10 classes", "twice"),
    (uniform(10), "ln 10: uniform over 10 classes", "uniform"),
    (uniform(100), "ln 100: uniform over 100 classes", "uniform"),
    (uniform(1000), "ln 1000: uniform over 1000 classes", "uniform"),
    (11 * np.log(2), "float16: the sigmoid is 1 from this logit", "autocast"),
    (uniform(50257), "ln 50257: uniform over the tokens of GPT-2", "uniform"),
    (clipped(1e-6), "clipped at 1e−6", "capped"),
    (clipped(2e-7), "clipped at 1e−7, then 1e−7 added", "capped"),
    (clipped(single.eps), "clipped at the epsilon of float32", "epsilon"),
    (
        clipped(1 - np.float32(1 - 1e-7)),
        "clipped at 1 − 1e−7 in float32 (Keras)",
        "capped",
    ),
    (clipped(1e-7), "clipped at 1e−7", "capped"),
    (24 * np.log(2), "float32: the sigmoid is 1 from this logit", "saturated"),
    (clipped(1e-8), "clipped at 1e−8", "capped"),
    (clipped(1e-9), "clipped at 1e−9", "capped"),
    (clipped(1e-10), "clipped at 1e−10", "capped"),
    (clipped(1e-12), "clipped at 1e−12", "capped"),
    (clipped(1e-15), "clipped at 1e−15 (LightGBM)", "epsilon"),
    (clipped(double.eps), "clipped at the epsilon of float64", "epsilon"),
    (53 * np.log(2), "float64: the sigmoid is 1 from this logit", "saturated"),
    (clipped(1e-16), "clipped at 1e−16 (XGBoost)", "capped"),
    (clipped(single.tiny), "held at the smallest normal float32", "underflow"),
    (128 * np.log(2), "float32: exp overflows from here", "overflow"),
    (100, "logarithm held above −100", "hundred"),
    (150 * np.log(2), "float32: exp is 0 from minus this on", "underflow"),
    (float(np.finfo(np.float16).max), "largest float16", "half-sum"),
]
print("| On the screen | What has this value | Entry |\n| ---: | --- | --- |")
for value, meaning, anchor in ROWS:
    print(f"| {value:.6g} | {meaning} | [{anchor}](#{anchor}) |")
