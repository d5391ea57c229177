import numpy as np

import lossref

z, y = np.linspace(-8, 8, 65), np.linspace(0, 1, 11)
Z, Y = np.meshgrid(z, y)
losses = lossref.sigmoid_cross_entropy(Z, Y), lossref.sigmoid_squared_error(Z, Y)
ce = lossref.sigmoid_cross_entropy_grad(Z, Y)
se = lossref.sigmoid_squared_error_grad(Z, Y)
ratio = 1 / (2 * lossref.sigmoid_cross_entropy_hess(z, 0 * z))
print("logit 6, target 0:", ce[0, 56].round(4), se[0, 56].round(4), ratio[56].round(4))


def explorer() -> dict:
    """Two panels over the logit from minus 8 to 8. Above, the two losses: the
    cross-entropy grows like a straight line on the wrong side, the squared error
    becomes level at 1. Below, their gradients: that of cross-entropy stays near its
    largest size on the wrong side, that of squared error returns to zero. A dot on
    each curve marks the chosen logit."""
    both, marks, even = ["target y", "logit z"], [], slice(None, None, 2)
    for panel, pair in enumerate((losses, (ce, se))):
        for table, name, mark in zip(
            pair, ("cross-entropy", "squared error"), ("C0--", "C1-"), strict=True
        ):
            line = {"panel": panel, "name": "", "style": mark, "x": z, "y": table}
            dot = line | {"style": mark[:2] + "o", "x": Z[:, even, None]}
            marks.append(line | {"by": both[:1], "name": name})
            marks.append(dot | {"by": both, "y": table[:, even, None]})
    axis = {"x": (-8, 8), "xticks": (-8, -4, 0, 4, 8)}
    return {
        "sliders": {"target y": y, "logit z": z[even]},
        "start": (0, 24),
        "panels": [
            axis | {"title": "Loss", "y": (0, 8), "yticks": (0, 2, 4, 6, 8)},
            axis
            | {"title": "Gradient in the logit", "y": (-1, 1), "yticks": (-1, 0, 1)}
            | {"label": "logit z"},
        ],
        "marks": marks,
        "values": {
            "probability p": (both[1:], lossref.sigmoid(z[even])),
            "cross-entropy": (both, losses[0][:, even]),
            "squared error": (both, losses[1][:, even]),
            "gradient of cross-entropy": (both, ce[:, even]),
            "gradient of squared error": (both, se[:, even]),
            "ratio of the gradients": (both[1:], ratio[even]),
        },
    }
