import numpy as np

formats = {
    "bfloat16": (8, 127),
    "float16": (11, 15),
    "float32": (24, 127),
    "float64": (53, 1023),
}
print(
    "| Format | bits t | 1 − ε is 1 for ε up to | σ(z) is 1 from | exp overflows from |"
)
print("| --- | ---: | ---: | ---: | ---: |")
for name, (t, top) in formats.items():
    one, over = t * np.log(2), (top + 1) * np.log(2)
    eps = f"{2.0 ** -(t + 1):.2g}".replace("-", "−")
    print(f"| {name} | {t} | {eps} | {one:.2f} | {over:.2f} |")
