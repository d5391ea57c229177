# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Wrong labels: who notices?
#
# One training label in four is replaced by a random other digit. A network trained with squared error
# on the softmax comes out slightly ahead of one trained with cross-entropy. Long before that matters,
# both have found most of the wrong labels: sort the training images by their loss, and
# the wrong ones come first. Looking through a few hundred images by hand helps under both losses, and lifts cross-entropy
# further than changing the loss does.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import lossref

# %% [markdown]
# ## Digits with wrong labels
#
# scikit-learn ships 1,797 handwritten digits. The labels of a quarter of the training and of the validation images
# are replaced. The test labels stay clean: they are to tell what was learned.

# %%
images, truth = load_digits(return_X_y=True)
images = images / 16
SEEDS = range(5)
NOISE, HIDDEN = 0.25, 64


def experiment(seed):
    """Training, validation and test rows, and the labels with noise."""
    options = {"test_size": 400, "random_state": seed}
    rest, test = train_test_split(np.arange(len(truth)), stratify=truth, **options)
    train, validation = train_test_split(rest, stratify=truth[rest], **options)
    rng = np.random.default_rng(seed)
    other = (truth + rng.integers(1, 10, len(truth))) % 10
    labels = np.where(rng.random(len(truth)) < NOISE, other, truth)
    return train, validation, test, labels


train, validation, test, labels = experiment(0)
share = np.mean(labels[train] != truth[train])
print(f"{len(train)} training images, {share:.0%} with a wrong label")

# %% [markdown]
# ## Two losses, each with its own rate
#
# The network and its training are ordinary: one hidden layer of tanh units, minibatches, 40 epochs. The
# losses differ in the gradient at the logits alone, $\vp - \vt$ for cross-entropy, [SCE.5][], and
# $2\Jac(\vp - \vt)$ for squared error, [SE.11][].

# %%
LOSSES = {
    "cross-entropy": lossref.softmax_cross_entropy,
    "squared error": lossref.softmax_squared_error,
}
GRADIENTS = {
    "cross-entropy": lossref.softmax_cross_entropy_grad,
    "squared error": lossref.softmax_squared_error_grad,
}
RATES = (0.03, 0.1, 0.3, 1, 3)


def logits(network, x):
    return np.tanh(x @ network[0] + network[1]) @ network[2] + network[3]


def fit(gradient, rows, labels, rate, seed, epochs=40, batch=100):
    rng = np.random.default_rng(seed)
    network = [
        rng.normal(0, 1 / 8, (64, HIDDEN)),
        np.zeros(HIDDEN),
        rng.normal(0, 1 / np.sqrt(HIDDEN), (HIDDEN, 10)),
        np.zeros(10),
    ]
    for _ in range(epochs):
        for part in np.array_split(rng.permutation(rows), len(rows) // batch):
            hidden = np.tanh(images[part] @ network[0] + network[1])
            upper = gradient(hidden @ network[2] + network[3], labels[part]) / len(part)
            lower = (upper @ network[2].T) * (1 - hidden**2)
            network[2] -= rate * hidden.T @ upper
            network[3] -= rate * upper.sum(axis=0)
            network[0] -= rate * images[part].T @ lower
            network[1] -= rate * lower.sum(axis=0)
    return network


def accuracy(network, rows, labels):
    return np.mean(logits(network, images[rows]).argmax(axis=1) == labels[rows])


networks, score = {}, {}
print("loss            rate  noisy validation  clean test")
for name, gradient in GRADIENTS.items():
    tried = [fit(gradient, train, labels, rate, seed=0) for rate in RATES]
    found = [accuracy(network, validation, labels) for network in tried]
    best = int(np.argmax(found))
    networks[name] = tried[best]
    clean = accuracy(tried[best], test, truth)
    print(f"{name:14s} {RATES[best]:5g}  {found[best]:16.3f}  {clean:10.3f}")
    assert found[best] < 0.8  # a quarter of these labels is wrong: no model can agree
    assert clean > 0.9

# %% [markdown]
# On validation nobody can do better than about three quarters, since a quarter of *those* labels is wrong. Tuning
# on them works all the same: what agrees best with noisy labels also agrees best with clean ones, on average.
#
# ## Five draws
#
# The same with five splits and five draws of the noise, the rate tuned afresh each time.

# %%
draws = {name: [] for name in GRADIENTS}
for seed in SEEDS:
    rows, held, unseen, noisy = experiment(seed)
    for name, gradient in GRADIENTS.items():
        tried = [fit(gradient, rows, noisy, rate, seed) for rate in RATES]
        best = max(tried, key=lambda network: accuracy(network, held, noisy))
        draws[name].append(accuracy(best, unseen, truth))
draws = {name: np.array(found) for name, found in draws.items()}
for name, found in draws.items():
    each = "  ".join(f"{value:.3f}" for value in found)
    print(f"{name:14s}  {each}   mean {found.mean():.3f}")
gap = draws["squared error"] - draws["cross-entropy"]
each = " ".join(f"{value:+.3f}" for value in gap)
print(f"difference     {each}  mean {gap.mean():+.3f}")
assert gap.mean() > 0  # squared error is ahead on average
assert abs(gap.mean()) < 0.04  # and not far ahead

# %% [markdown]
# A wrong label costs at most 2 under squared error, [SE.19][], and any amount under cross-entropy, [SCE.7][]. The more
# a network trusts what it has learned, the more that matters.
#
# ## The wrong labels come first
#
# Sort the training images by the loss that the trained network gives them. If the network has learned the digits
# and not the noise, the images with wrong labels have the largest losses.

# %% alt="Share of wrong labels found against the share of training images looked at, in the order of the loss. Both curves, for cross-entropy and squared error, rise almost along the steepest possible line and reach nearly all wrong labels after about thirty percent of the images; a dashed diagonal shows random order."
wrong = labels[train] != truth[train]
ORDER = {}
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for name, loss in LOSSES.items():
    losses = loss(logits(networks[name], images[train]), labels[train])
    ORDER[name] = np.argsort(-losses)
    caught = np.cumsum(wrong[ORDER[name]]) / wrong.sum()
    top = wrong[ORDER[name][: wrong.sum()]].mean()
    print(f"{name}: of the {wrong.sum()} largest losses {top:.0%} are wrong labels")
    assert top > 0.85
    color, dash = ("C0", "-") if name == "cross-entropy" else ("C1", "--")
    looked = np.arange(1, len(train) + 1) / len(train)
    ax.plot(looked, caught, dash, color=color, label=name)
ax.plot([0, 1], [0, 1], ":", color="0.5", label="random order")
ax.set_xlabel("share of training images looked at")
ax.set_ylabel("share of wrong labels found")
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# Here are the twelve images about which cross-entropy is most surprised, with their recorded labels.

# %% alt="Twelve small images of handwritten digits in two rows, each with its recorded label above it. In nearly all of them the label is plainly not the digit."
fig, axes = plt.subplots(2, 6, figsize=(6.4, 2.6))
first = ORDER["cross-entropy"][:12]
for ax, place in zip(axes.flat, train[first], strict=True):
    ax.imshow(images[place].reshape(8, 8), cmap="gray_r")
    ax.set_title(f"label {labels[place]}", fontsize=9)
    ax.axis("off")
plt.show()
assert wrong[first].mean() > 0.9

# %% [markdown]
# ## What cleaning gains
#
# Suppose somebody looks at as many images as there are wrong labels, in this order, and corrects what is wrong. Then train
# again, with the same rates to choose from.

# %%
before, after = {}, {}
print("loss            before  after")
for name, gradient in GRADIENTS.items():
    cleaned = labels.copy()
    looked_at = train[ORDER[name][: wrong.sum()]]
    cleaned[looked_at] = truth[looked_at]
    tried = [fit(gradient, train, cleaned, rate, seed=0) for rate in RATES]
    best = max(tried, key=lambda network: accuracy(network, validation, labels))
    before[name] = accuracy(networks[name], test, truth)
    after[name] = accuracy(best, test, truth)
    print(f"{name:14s} {before[name]:7.3f} {after[name]:6.3f}")
    assert after[name] > before[name]
    assert after[name] > 0.94
assert after["cross-entropy"] > before["squared error"]

# %% [markdown]
# Both gain. Cross-entropy on cleaned labels is better than squared error on the wrong ones: here it pays more to mend the
# data than to change the loss.
#
# ## What this shows and what it does not
#
# - It shows that both losses withstand uniform noise well on an easy task, and that squared error is not behind. The
#   bound of the loss is the reason usually given [@Ghosh17; @ZhangSabuncu18].
# - It shows that the loss of a training image is a good detector of wrong labels, under either loss.
# - The noise is the easiest kind. People confuse a 4 with a 9, not with any digit; such labels are harder to find, because
#   the image is honestly ambiguous.
# - A large network trained much longer can memorize the wrong labels. Then their loss is small too and the order is lost:
#   look at the losses early.
# - Five draws, one small network. They tell a tie from a large difference, nothing finer.
#
# The [claim](../claims/index.md#C4) has the comparison at several shares of noise; the theory is in
# [limitations](../comparison/limitations.md#ce-label-noise).
