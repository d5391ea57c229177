import matplotlib.pyplot as plt

GUIDE = {
    "class": [
        (
            "several",
            "Can several labels be true at once?",
            (
                "Binary cross-entropy, each",
                "K logits, K sigmoids",
                "a probability for each label",
            ),
        ),
        (
            "two",
            "Are there exactly two classes?",
            (
                "Binary cross-entropy",
                "one logit, sigmoid",
                "gradient p − y in the logit",
            ),
        ),
        (
            "ordered",
            "Do the classes have an order?",
            (
                "Cumulative cross-entropy",
                "one score, K − 1 cut points",
                "a near miss costs less",
            ),
        ),
        (
            None,
            "Otherwise, one of K classes is true:",
            (
                "Softmax cross-entropy",
                "K logits, softmax",
                "gradient p − t in the logits",
            ),
        ),
    ],
    "number": [
        (
            "mistakes",
            "Are some of the targets mistakes?",
            ("Huber loss", "linear output", "one target pulls at most δ"),
        ),
        (
            "quantile",
            "Do you want a quantile or interval?",
            ("Pinball loss", "linear output", "minimized by the quantile"),
        ),
        (
            "count",
            "Does it count events?",
            ("Poisson likelihood", "exp of one output", "a mean, never negative"),
        ),
        (
            "percent",
            "Is it positive, errors in percent?",
            ("Gamma likelihood", "exp of one output", "a mean, whatever the scale"),
        ),
        (
            None,
            "Otherwise, what you want is the mean:",
            ("Mean squared error", "linear output", "minimized by the mean"),
        ),
    ],
}
ADVICE = {
    "imbalanced": "keep the loss, move the threshold to your costs",
    "noisy labels": "a bounded loss limits what one wrong label can do",
    "calibrated": "check on held-out data, then rescale the logits",
}


def choose(target, *facts):
    rows = GUIDE[target]
    answers = [leaf for fact, _, leaf in rows if fact is None or fact in facts]
    loss, output, why = answers[0]
    asked = {fact for fact, _, _ in rows}
    return loss, output, [why, *(ADVICE[fact] for fact in facts if fact not in asked)]


for facts in [
    ("class",),
    ("class", "two", "imbalanced", "calibrated"),
    ("class", "several", "noisy labels"),
    ("number",),
    ("number", "percent"),
]:
    loss, output, reasons = choose(*facts)
    print(f"{', '.join(facts)}\n  {loss}: {output}", *reasons, sep="\n  - ")


def figure() -> plt.Figure:
    """The decision guide as two ladders of questions. If the target is a class or a
    label: several labels at once lead to binary cross-entropy per label; two classes to
    binary cross-entropy; ordered classes to cumulative cross-entropy; otherwise softmax
    cross-entropy. If the target is a number: mistakes among the targets lead to the
    Huber loss; a quantile to the pinball loss; a count to the Poisson likelihood; a
    positive number with errors in percent to the Gamma likelihood; otherwise to mean
    squared error."""
    titles = {
        "class": "The target is a class or a label",
        "number": "The target is a number",
    }
    colors = {"class": "C0", "number": "C1"}
    fig, ax = plt.subplots(figsize=(4.6, 8.6))
    top = 0
    for target, rows in GUIDE.items():
        color = colors[target]
        ax.text(0, top - 0.12, titles[target], fontsize=11.5, color=color)
        for row, (fact, question, leaf) in enumerate(rows):
            y = top - 0.68 - 0.84 * row
            cut = question.find(" ", len(question) // 2)
            lines = question[:cut], question[cut + 1 :]
            for line, height in zip(lines, (0.09, -0.09), strict=True):
                ax.text(0.95, y + height, line, ha="center", va="center", fontsize=9.5)
            ax.add_patch(plt.Rectangle((0, y - 0.26), 1.9, 0.52, fc="none", ec="0.5"))
            ax.add_patch(plt.Rectangle((2.4, y - 0.34), 2.2, 0.68, fc="none", ec=color))
            ax.text(2.5, y + 0.2, leaf[0], va="center", fontsize=9.5, color=color)
            ax.text(2.5, y - 0.1, "\n".join(leaf[1:]), va="center", fontsize=9)
            arrow = {"arrowstyle": "->", "color": "0.5"}
            ax.annotate("", (2.4, y), (1.9, y), arrowprops=arrow)
            if fact:
                ax.text(2.13, y + 0.06, "yes", ha="center", fontsize=9)
                ax.annotate("", (0.95, y - 0.58), (0.95, y - 0.26), arrowprops=arrow)
                ax.text(1.02, y - 0.43, "no", va="center", fontsize=9)
        top = y - 0.72
    ax.set(xlim=(-0.03, 4.63), ylim=(top + 0.2, 0.1))
    ax.axis("off")
    return fig
