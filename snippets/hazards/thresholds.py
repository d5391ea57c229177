import numpy as np


def bfloat16(x):
    bits = np.float32(x).view(np.uint32)
    up = np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))
    return ((bits + up) & np.uint32(0xFFFF0000)).view(np.float32)


FORMATS = {
    "bfloat16": bfloat16,
    "float16": np.float16,
    "float32": np.float32,
    "float64": np.float64,
}
HAZARDS = {
    "square overflows, residual": lambda fl, x: np.isinf(fl(x * x)),
    "sigmoid is 1, logit": lambda fl, x: fl(1 + fl(np.exp(-x))) == 1,
    "exp overflows, logit": lambda fl, x: np.isinf(fl(np.exp(x))),
    "softmax is 0, gap of logits": lambda fl, x: fl(np.exp(-x)) == 0,
    "clipping at ε does nothing, −log ε": lambda fl, x: fl(1 - np.exp(-x)) == 1,
}


def first(fails, fl):
    low, high = 0.0, 1e160
    with np.errstate(all="ignore"):
        while low < (middle := low + (high - low) / 2) < high:
            low, high = (low, middle) if fails(fl, middle) else (middle, high)
    return high


def shown(x):
    return f"{x:.6g}" if x < 1e7 else f"{x:.3g}"


print("| From where on | " + " | ".join(FORMATS) + " |\n| --- |" + " ---: |" * 4)
for hazard, fails in HAZARDS.items():
    cells = [shown(first(fails, fl)) for fl in FORMATS.values()]
    print(f"| {hazard} | " + " | ".join(cells) + " |")
