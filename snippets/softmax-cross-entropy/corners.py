import numpy as np

import lossref

grid, t = np.linspace(-4, 4, 17), np.array([1.0, 0.0, 0.0])
Z = np.stack([*np.meshgrid(grid, grid, indexing="ij"), np.zeros((17, 17))], axis=-1)
rows, T = Z.reshape(-1, 3), np.tile(t, (17 * 17, 1))
p = lossref.softmax(rows)
ce = lossref.softmax_cross_entropy(rows, T)
brier = lossref.softmax_squared_error(rows, T)
pull_ce = lossref.softmax_cross_entropy_grad(rows, T)
pull_brier = lossref.softmax_squared_error_grad(rows, T)
wrong = 0 * 17 + 16
print("logits", rows[wrong], "probabilities", p[wrong].round(4))
for name, loss, pull in (("CE", ce, pull_ce), ("Brier", brier, pull_brier)):
    print(f"{name}: loss {loss[wrong]:.3f}, pull {np.linalg.norm(pull[wrong]):.3f}")


def explorer() -> dict:
    """A triangle whose corners are three classes; the target is the lower left one.
    A dot stands for the predicted probabilities, two arrows for half the negative
    gradients in the logits. The dot is near a wrong corner. The arrow of
    cross-entropy points straight to the target, half the way; that of the squared
    error is short."""
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
    both = ["logit of class 1", "logit of class 2"]

    def mark(name, style, *points):
        x, y = np.stack([q @ corners for q in points], axis=1).transpose(2, 0, 1)
        shape = (17, 17, len(points))
        place = {"x": x.reshape(shape), "y": y.reshape(shape)}
        return {"panel": 0, "name": name, "style": style, "by": both} | place

    edge = corners[[0, 1, 2, 0]].T
    triangle = {"panel": 0, "name": "", "style": "0.5-", "by": []}
    axes = {"title": "", "x": (-0.1, 1.1), "y": (-0.12, 0.95)}
    tables = {
        "probability of class 1": p[:, 0],
        "probability of class 2": p[:, 1],
        "probability of class 3": p[:, 2],
        "cross-entropy": ce,
        "Brier score": brier,
        "pull of cross-entropy": np.linalg.norm(pull_ce, axis=1),
        "pull of the Brier score": np.linalg.norm(pull_brier, axis=1),
    }
    return {
        "sliders": dict.fromkeys(both, grid),
        "start": (4, 14),
        "panels": [axes | {"equal": True, "frame": False}],
        "texts": [
            (0, 0, -0.09, "middle", "1, the target"),
            (0, 1, -0.09, "middle", "2"),
            (0, 0.5, 0.91, "middle", "3"),
        ],
        "marks": [
            triangle | {"x": edge[0], "y": edge[1]},
            mark("cross-entropy", "C0>", p, p - pull_ce / 2),
            mark("Brier score", "C1>", p, p - pull_brier / 2),
            mark("", "0.5o", p),
        ],
        "values": {name: (both, v.reshape(17, 17)) for name, v in tables.items()},
    }
