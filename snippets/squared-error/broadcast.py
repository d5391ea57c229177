import matplotlib.pyplot as plt
import numpy as np

import lossref

n = 12
y = np.linspace(-1.6, 1.6, n)
f = y + 0.25 * np.cos(5 * np.arange(n))

table = (y[:, np.newaxis] - f) ** 2
gap = y.mean() - f.mean()
print("mean squared error      ", round(lossref.mean_squared_error(f, y), 4))
print("mean of the whole table ", round(table.mean(), 4))
print("Var y + Var f + gap²    ", round(y.var() + f.var() + gap**2, 4))


def figure() -> plt.Figure:
    """A square of twelve by twelve cells, one for each pair of a target and a
    prediction, shaded by the squared difference of the two. The twelve cells of the
    diagonal, which pair each target with its own prediction, are outlined; they are
    all pale, near zero. The cells far from the diagonal are dark, and a broadcast
    mean averages them all."""
    fig, ax = plt.subplots(figsize=(4.6, 4.1))
    shown = ax.pcolormesh(table, cmap="Oranges", edgecolors="#d4d4d4", lw=0.5)
    for i in range(n):
        ax.add_patch(plt.Rectangle((i, i), 1, 1, fill=False, ec="C0", lw=2))
    bar = fig.colorbar(shown, ax=ax, label="squared difference", shrink=0.85)
    bar.outline.set_visible(False)
    ax.set(aspect="equal", xticks=[], yticks=[])
    ax.set(xlabel="prediction f, one column each", ylabel="target y, one row each")
    ax.set_title("Outlined: the pairs that belong together")
    ax.grid(visible=False)
    return fig
