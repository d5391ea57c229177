import numpy as np

import lossref

rng = np.random.default_rng(0)
x = rng.normal(size=200)
y = (rng.random(200) < lossref.sigmoid(2 * x)).astype(float)


def slope(loss, x, y):
    grid = np.linspace(0, 5, 2001)
    return grid[np.argmin([loss(b * x, y).sum() for b in grid])]


wrong_x, wrong_y = np.append(x, 10.0), np.append(y, 0.0)
for name, loss in (
    ("cross-entropy", lossref.sigmoid_cross_entropy),
    ("squared error", lossref.sigmoid_squared_error),
):
    print(
        name, slope(loss, x, y).round(2), "->", slope(loss, wrong_x, wrong_y).round(2)
    )
