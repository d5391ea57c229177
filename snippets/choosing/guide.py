from typing import NamedTuple

import matplotlib.pyplot as plt


class Choice(NamedTuple):
    loss: str
    output: str
    reasons: list
    links: list


LADDERS = {
    "class": [
        (
            "labels",
            "Can several labels be true at once?",
            "Binary cross-entropy, each",
            "K logits, K sigmoids",
            "a probability for each label",
            "comparison/choosing.md#multi-label",
        ),
        (
            "two classes",
            "Are there exactly two classes?",
            "Binary cross-entropy",
            "one logit, sigmoid",
            "gradient p − y in the logit",
            "losses/binary-cross-entropy.md#definition",
        ),
        (
            "ordered classes",
            "Do the classes have an order?",
            "Cumulative cross-entropy",
            "one score, K − 1 cut points",
            "a near miss costs less",
            "comparison/choosing.md#ratings",
        ),
        (
            "class",
            "Otherwise, one of K classes is true:",
            "Softmax cross-entropy",
            "K logits, softmax",
            "gradient p − t in the logits",
            "losses/softmax-cross-entropy.md#definition",
        ),
    ],
    "number": [
        (
            "quantile",
            "Do you want a quantile or interval?",
            "Pinball loss",
            "linear output",
            "minimized by the quantile",
            "comparison/choosing.md#quantiles",
        ),
        (
            "outliers",
            "Are some of the targets mistakes?",
            "Huber loss",
            "linear output",
            "one target pulls at most δ",
            "losses/variants.md#huber",
        ),
        (
            "count",
            "Does it count events?",
            "Poisson likelihood",
            "exp of one output",
            "a mean, never negative",
            "comparison/choosing.md#counts",
        ),
        (
            "positive number",
            "Is it positive, errors in percent?",
            "Gamma likelihood",
            "exp of one output",
            "a mean, whatever the scale",
            "comparison/choosing.md#positive",
        ),
        (
            "number",
            "Otherwise, what you want is the mean:",
            "Mean squared error",
            "linear output",
            "minimized by the mean",
            "losses/squared-error.md#definition",
        ),
    ],
}
ADVICE = {
    ("class", "imbalance"): (
        "rare classes: keep the loss, move the threshold to your costs",
        "comparison/limitations.md#imbalance",
    ),
    ("class", "noise"): (
        "wrong labels: smooth them, or bound what one of them can cost",
        "comparison/choosing.md#label-noise",
    ),
    ("class", "probabilities"): (
        "probabilities: check on held-out data, then rescale the logits",
        "comparison/scoring-rules.md#calibration",
    ),
    ("number", "noise"): (
        "noise that differs from case to case: predict its variance too",
        "comparison/likelihoods.md#gaussian",
    ),
    ("number", "probabilities"): (
        "a distribution: the likelihood of a mean and a variance",
        "comparison/likelihoods.md#gaussian",
    ),
}


def choose(
    target, *, noise=False, outliers=False, imbalance=False, probabilities=False
):
    facts = {
        "noise": noise,
        "outliers": outliers,
        "imbalance": imbalance,
        "probabilities": probabilities,
    }
    kinds = [
        kind for kind, rows in LADDERS.items() if target in [row[0] for row in rows]
    ]
    if not kinds or target == "outliers":
        raise ValueError(f"unknown target: {target!r}")
    (kind,) = kinds
    held = [fact for fact, holds in facts.items() if holds]
    for fact in held:
        if (kind, fact) not in ADVICE and (kind, fact) != ("number", "outliers"):
            raise ValueError(f"{fact} is no property of a {kind} target")
    row = next(row for row in LADDERS[kind] if row[0] in (target, kind, *held))
    _, _, loss, output, why, link = row
    advice = [ADVICE[kind, fact] for fact in held if fact != "outliers"]
    reasons = [why, *(text for text, _ in advice)]
    return Choice(loss, output, reasons, [link, *(page for _, page in advice)])


for target, facts in {
    "class": [],
    "two classes": ["imbalance", "probabilities"],
    "labels": ["noise"],
    "number": [],
    "positive number": ["outliers", "noise"],
}.items():
    choice = choose(target, **dict.fromkeys(facts, True))
    print(f"{', '.join([target, *facts])}\n  {choice.loss}: {choice.output}")
    for reason, link in zip(choice.reasons, choice.links, strict=True):
        print(f"  - {reason}\n    {link}")


def figure() -> plt.Figure:
    """The decision guide as two ladders of questions. If the target is a class or a
    label: several labels at once lead to binary cross-entropy per label; two classes to
    binary cross-entropy; ordered classes to cumulative cross-entropy; otherwise softmax
    cross-entropy. If the target is a number: a quantile leads to the
    pinball loss; mistakes among the targets to the Huber loss; a count to the Poisson
    likelihood; a positive number with errors in percent to the Gamma likelihood;
    otherwise to mean squared error."""
    titles = {
        "class": "The target is a class or a label",
        "number": "The target is a number",
    }
    colors = {"class": "C0", "number": "C1"}
    fig, ax = plt.subplots(figsize=(4.6, 8.6))
    top = 0
    for kind, rows in LADDERS.items():
        color = colors[kind]
        ax.text(0, top - 0.12, titles[kind], fontsize=11.5, color=color)
        for row, (fact, question, *leaf, _) in enumerate(rows):
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
            if fact != kind:
                ax.text(2.13, y + 0.06, "yes", ha="center", fontsize=9)
                ax.annotate("", (0.95, y - 0.58), (0.95, y - 0.26), arrowprops=arrow)
                ax.text(1.02, y - 0.43, "no", va="center", fontsize=9)
        top = y - 0.72
    ax.set(xlim=(-0.03, 4.63), ylim=(top + 0.2, 0.1))
    ax.axis("off")
    return fig
