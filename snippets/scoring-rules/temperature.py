import numpy as np

import lossref

rng = np.random.default_rng(4)
z = 2 * rng.normal(size=(20_000, 3))
label = np.array([rng.choice(3, p=p) for p in lossref.softmax(z)])
for temperature in (0.25, 0.5, 1.0, 2.0, 4.0):
    logits = z / temperature
    accuracy = (logits.argmax(axis=1) == label).mean()
    ce = lossref.softmax_cross_entropy(logits, label).mean()
    brier = lossref.softmax_squared_error(logits, label).mean()
    print(
        f"temperature {temperature}: accuracy {accuracy:.3f},",
        f"log score {ce:.3f}, Brier score {brier:.3f}",
    )
