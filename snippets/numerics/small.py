import numpy as np

import lossref

print("| logit | log of sigmoid | logaddexp − z | shifted softmax | lossref |")
print("| ---: | ---: | ---: | ---: | ---: |")
for z in (5.0, 20.0, 34.0, 40.0, 700.0):
    pair = np.array([0.0, z])
    d = pair - pair.max()
    forms = [
        -np.log(1 / (1 + np.exp(-z))),
        np.logaddexp(0, z) - z,
        np.log(np.exp(d).sum()) - d[1],
        lossref.softmax_cross_entropy(pair, 1),
    ]
    print(
        f"| {z:.0f} |",
        " | ".join(f"{abs(form):.3g}".replace("-", "−") for form in forms),
        "|",
    )
