import matplotlib.pyplot as plt

GATES = {
    "lint": "style and types",
    "site": "strict build: links, anchors, ids, notebooks",
    "test": "programs, formulas, figures, claims, browser",
    "thorough": "programs, weight and access, on every page",
    "experiments": "every seed, compared with its record",
    "peers": "the same answers as the other libraries",
}

print("| Gate | What it asks |\n| --- | --- |")
for gate, asks in GATES.items():
    print(f"| make {gate} | {asks} |")


def figure() -> plt.Figure:
    """From top to bottom: a box for a change of lossref, snippets, docs or experiments;
    an arrow into a column of six boxes, one for each gate: lint, site, test, thorough,
    experiments and peers, each with what it asks; an arrow labeled all green to a box
    for the published site. At the left a dashed box, make mutants, points at the first
    five gates: it puts a fault into a copy, and one of them must turn red."""
    fig, ax = plt.subplots(figsize=(4.6, 5.8))
    arrow = {"arrowstyle": "->", "color": "0.5"}

    def box(x, y, width, color, *lines):
        shape = plt.Rectangle((x, y), width, 0.78, fc="none", ec=color)
        ax.add_patch(shape)
        for n, line in enumerate(lines):
            place = y + 0.39 + 0.17 * (len(lines) - 1 - 2 * n)
            bold = "bold" if n == 0 else "normal"
            ax.text(x + 0.12, place, line, va="center", fontsize=9.2, weight=bold)

    box(1.5, 7.2, 4.4, "0.5", "A change", "of lossref, snippets, docs or experiments")
    for row, (gate, asks) in enumerate(GATES.items()):
        y = 5.9 - 0.95 * row
        box(1.5, y, 4.4, "C0", f"make {gate}", asks)
        if gate != "peers":
            ax.annotate("", (1.5, y + 0.39), (0.95, y + 0.39), arrowprops=arrow)
    ax.plot([0.95, 0.95], [2.49, 6.29], color="0.5", lw=1)
    ax.annotate("", (3.7, 6.7), (3.7, 7.2), arrowprops=arrow)
    ax.annotate("", (3.7, 0.66), (3.7, 1.15), arrowprops=arrow)
    ax.text(3.82, 0.92, "all are green", va="center", fontsize=9.2, color="C2")
    box(1.5, -0.14, 4.4, "C2", "The site", "is published")
    ax.add_patch(plt.Rectangle((0, 2.69), 0.78, 3.4, fc="none", ec="C1", ls="--"))
    words = "make mutants: a fault, put into\na copy; one gate must turn red"
    ax.text(0.39, 4.39, words, rotation=90, ha="center", va="center", fontsize=9.2)
    ax.annotate("", (0.95, 4.39), (0.78, 4.39), arrowprops=arrow)
    ax.set(xlim=(-0.05, 5.95), ylim=(-0.2, 8.05))
    ax.axis("off")
    return fig
