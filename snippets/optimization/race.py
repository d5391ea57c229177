import numpy as np

import lossref

starts, rates, steps = np.arange(0, 9), 2.0 ** np.arange(-3, 5), 60
z0, rate = np.meshgrid(starts.astype(float), rates, indexing="ij")
losses = {
    "cross-entropy": (lossref.sigmoid_cross_entropy_grad, 1.0),
    "squared error": (lossref.sigmoid_squared_error_grad, 1.0),
    "half squared error": (lossref.sigmoid_squared_error_grad, 0.5),
}


def learn(grad, factor):
    z, path = z0.copy(), []
    for _ in range(steps + 1):
        path.append(lossref.sigmoid(z))
        z -= rate * factor * grad(z, np.zeros_like(z))
    return np.stack(path, axis=-1)


paths = {name: learn(*loss) for name, loss in losses.items()}
done = {}
for name, p in paths.items():
    first = (p < 0.1).argmax(axis=-1).astype(str)
    done[name] = np.where((p < 0.1).any(axis=-1), first, f"over {steps}")
    print(f"{name}: steps from logit 2 {done[name][2, 3]}, from 6 {done[name][6, 3]}")


def explorer() -> dict:
    """The output of one neuron over 60 steps of gradient descent, target 0, for three
    losses. It starts near 1. Under cross-entropy it falls soon and smoothly; under
    squared error it stays near 1 for all of the steps, and so it does under half the
    squared error."""
    both = ["logit at the start", "learning rate"]
    axes = {"title": "Output of the neuron, target 0", "x": (0, steps), "y": (0, 1)}
    axes |= {"xticks": (0, 20, 40, 60), "yticks": (0, 0.5, 1), "label": "step"}
    shown = np.arange(0, steps + 1, 2)
    return {
        "sliders": dict(zip(both, (starts, rates), strict=True)),
        "start": (6, 3),
        "panels": [axes | {"height": 220}],
        "marks": [
            {"panel": 0, "name": name, "style": style, "by": both, "x": shown}
            | {"y": p[..., shown]}
            for style, (name, p) in zip(
                ("C0--", "C1-", "C2:"), paths.items(), strict=True
            )
        ],
        "values": {
            f"steps to 0.1, {name}": (both, first) for name, first in done.items()
        },
    }
