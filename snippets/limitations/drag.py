import numpy as np

import lossref

x = np.arange(1.0, 9.0)
y = 1 + x / 2 + np.array([0.2, -0.3, 0.1, 0.3, -0.2, 0.0, -0.1, 0.1])
X = np.column_stack([np.ones(8), x])
ends, last = np.array([0.0, 9.0]), np.linspace(-10, 20, 61)


def squared(y):
    return np.linalg.lstsq(X, y, rcond=None)[0]


def huber(y):
    beta = squared(y)
    for _ in range(200):
        size = np.maximum(np.abs(X @ beta - y), 1e-12)
        weight = np.abs(lossref.huber_grad(X @ beta, y, delta=0.5)) / size
        beta = np.linalg.solve(X.T @ (weight[:, None] * X), X.T @ (weight * y))
    return beta


def absolute(y):
    pairs = np.transpose(np.triu_indices(8, 1))
    lines = [np.linalg.solve(X[pair], y[pair]) for pair in pairs]
    return min(lines, key=lambda beta: lossref.absolute_error(X @ beta, y).sum())


moved = [np.append(y[:-1], value) for value in last]
fits = {f.__name__: np.array([f(y) for y in moved]) for f in (squared, huber, absolute)}
for name, beta in fits.items():
    print(f"{name:8s} slopes {beta[:, 1].min():.2f} to {beta[:, 1].max():.2f}")


def explorer() -> dict:
    """Eight points, seven of them near a line that rises by one half for each unit,
    and three fitted lines. The eighth point is far below the others. The line of
    squared error is drawn down to it; those of the Huber loss and of the absolute
    error stay with the seven."""
    slider = "height of the last point"
    names = ("squared error", "Huber loss", "absolute error")
    marks = [
        {"name": name, "style": style, "by": [slider], "x": ends}
        | {"y": beta[:, :1] + beta[:, 1:] * ends}
        for name, style, beta in zip(
            names, ("C1-", "C2--", "C3:"), fits.values(), strict=True
        )
    ]
    points = [
        {"name": "", "style": "0.5o", "by": [], "x": [a], "y": [b]}
        for a, b in zip(x[:-1], y[:-1], strict=True)
    ]
    dragged = {"name": "", "style": "C0o", "by": [slider], "x": x[-1:]}
    points.append(dragged | {"y": last[:, None]})
    axes = {"x": (0, 9), "xticks": (0, 3, 6, 9), "label": "x"}
    axes |= {"title": "Lines through eight points", "y": (-10, 20), "height": 260}
    return {
        "sliders": {slider: last},
        "start": (8,),
        "panels": [axes | {"yticks": (-10, 0, 10, 20)}],
        "marks": [mark | {"panel": 0} for mark in marks + points],
        "values": {
            f"slope, {name}": ([slider], beta[:, 1])
            for name, beta in zip(names, fits.values(), strict=True)
        },
    }
