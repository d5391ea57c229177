import numpy as np


def bfloat16(x):
    bits = np.float32(x).view(np.uint32)
    up = np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))
    return ((bits + up) & np.uint32(0xFFFF0000)).view(np.float32)


def costs(fl, eps):
    top = float(fl(1 - eps))
    bottom = float(fl(eps))
    with np.errstate(divide="ignore"):
        return [-np.log(bottom), -np.log(1 - top)]


formats = {
    "bfloat16": bfloat16,
    "float16": np.float16,
    "float32": np.float32,
    "float64": np.float64,
}
print("| ε | " + " | ".join(formats) + " |\n| ---: |" + " ---: |" * 4)
for power in (2, 3, 4, 6, 7, 8, 12, 15, 16, 17):
    cells = []
    for fl in formats.values():
        pair = [f"{cost:.2f}" for cost in costs(fl, 10.0**-power)]
        cells.append(" / ".join(pair).replace("inf", "∞"))
    print(f"| 1e−{power} | " + " | ".join(cells) + " |")
