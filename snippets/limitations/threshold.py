import numpy as np

import lossref

shares, cuts = np.array([1, 2, 3, 5, 10, 20, 30, 40, 50]) / 100, np.arange(1, 20) / 20
z = np.linspace(-10, 10, 4000)
density = np.exp(-((z / 2 - np.array([[-1], [1]])) ** 2) / 2)
density /= density.sum(axis=1, keepdims=True)
joint = np.stack([np.outer(1 - shares, density[0]), np.outer(shares, density[1])])
balanced = np.tile(lossref.sigmoid(z), (len(shares), 1))
moved = [lossref.prior_correction(z, trained=0.5, actual=share) for share in shares]
corrected = lossref.sigmoid(moved)


def judge(p):
    said = p[:, None] > cuts[:, None]
    false, found = np.einsum("ysz,scz->ysc", joint, said)
    precision = found / np.maximum(found + false, 1e-300)
    return (joint.sum(axis=0) * p).sum(axis=1), found / shares[:, None], precision


results = {"balanced": judge(balanced), "corrected": judge(corrected)}
for name, (mean, recall, precision) in results.items():
    print(
        f"{name}: share {shares[2]}, mean {mean[2]:.3f}, at one half:",
        f"recall {recall[2, 9]:.2f}, precision {precision[2, 9]:.2f}",
    )


def explorer() -> dict:
    """Actual frequency of the positives against the predicted probability. The model
    that was trained on balanced data runs far below the diagonal: where it says one
    half, few are positive. The corrected model is on the diagonal. A vertical line
    marks the threshold."""
    share, cut = "share of positives", "threshold"
    axes = {"x": (0, 1), "y": (0, 1), "xticks": (0, 0.5, 1), "yticks": (0, 0.5, 1)}
    axes |= {"title": "Actual frequency", "label": "predicted probability"}
    every = slice(0, None, 40)
    line = {"panel": 0, "x": balanced[0, every], "by": [share]}
    level = {"panel": 0, "by": [cut], "style": "0.5-", "name": "threshold"}
    values = {}
    for name, (mean, recall, precision) in results.items():
        values[f"{name}: mean prediction"] = ([share], mean)
        values[f"{name}: recall"] = ([share, cut], recall)
        values[f"{name}: precision"] = ([share, cut], precision)
    return {
        "sliders": {share: shares, cut: cuts},
        "start": (2, 9),
        "panels": [axes | {"height": 260}],
        "marks": [
            line | {"name": "balanced", "style": "C1-", "y": corrected[:, every]},
            line | {"name": "corrected", "style": "C0--", "y": balanced[:, every]},
            level | {"x": cuts[:, None] + [0, 0], "y": 0 * cuts[:, None] + [0, 1]},
        ],
        "values": values,
    }
