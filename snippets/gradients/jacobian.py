import matplotlib.pyplot as plt
import numpy as np

import lossref

logits = {"unsure": [0.0, 0, 0], "leaning": [1.5, 0, 0], "sure": [5.0, 0, 0]}
jacobians = {}
for name, z in logits.items():
    p = lossref.softmax(np.array(z))
    jacobians[name] = np.diag(p) - np.outer(p, p)
    largest = np.linalg.eigvalsh(jacobians[name])[-1]
    print(f"{name}: p = {p.round(3)}, largest eigenvalue {largest:.4f}")


def figure() -> plt.Figure:
    """Three matrices of three by three entries, drawn as circles whose area is the
    size of the entry, full for a positive and open for a negative one. For equal
    probabilities all nine are large: positive on the diagonal, negative beside it.
    With one class at 69 percent they are as large for that class and smaller for the
    rest. With one class at 99 percent all nine have nearly disappeared."""
    fig, axes = plt.subplots(1, 3, figsize=(5.6, 2.5), sharey=True)
    rows, columns = np.indices((3, 3)).reshape(2, 9)
    for ax, (name, matrix) in zip(axes, jacobians.items(), strict=True):
        size = 2600 * np.abs(matrix).ravel()
        faces = np.where(matrix.ravel() > 0, "#0b62a4", "none")
        ax.scatter(columns, rows, size, faces, edgecolors="C0", linewidths=1.5)
        top = lossref.softmax(np.array(logits[name])).max()
        ax.set(title=f"{name}, {top:.0%}", xlim=(-0.6, 2.6), ylim=(2.6, -0.6))
        ax.set(xticks=range(3), yticks=range(3), aspect="equal", xlabel="class j")
        ax.set(xticklabels=["1", "2", "3"], yticklabels=["1", "2", "3"])
    axes[0].set_ylabel("class k")
    return fig
