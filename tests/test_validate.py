"""Bad input: each is answered by an error that says what was expected and what came."""

import inspect
from fractions import Fraction

import numpy as np
import pytest

import lossref as lr

THREE = np.array([1.0, 2.0, 3.0])
P2 = np.array([[0.5, 0.5], [0.25, 0.75]])
ROWS = np.zeros((4, 3))

PAIRS = [
    lr.squared_error,
    lr.squared_error_grad,
    lr.squared_error_hess,
    lr.mean_squared_error,
    lr.mean_squared_error_grad,
    lr.mean_squared_error_value_and_grad,
    lr.absolute_error,
    lr.absolute_error_grad,
    lr.huber,
    lr.huber_grad,
]
BINARY_LOGITS = [
    lr.sigmoid_squared_error,
    lr.sigmoid_squared_error_grad,
    lr.sigmoid_squared_error_hess,
    lr.sigmoid_cross_entropy,
    lr.sigmoid_cross_entropy_grad,
    lr.sigmoid_cross_entropy_hess,
    lr.sigmoid_cross_entropy_value_and_grad,
    lr.focal,
    lr.focal_grad,
]
BINARY_PROBABILITY = [
    lr.binary_cross_entropy,
    lr.binary_cross_entropy_grad,
    lr.binary_cross_entropy_hess,
]
CLASS_LOGITS = [
    lr.softmax_squared_error,
    lr.softmax_squared_error_grad,
    lr.softmax_squared_error_hess,
    lr.softmax_cross_entropy,
    lr.softmax_cross_entropy_grad,
    lr.softmax_cross_entropy_hess,
    lr.softmax_cross_entropy_value_and_grad,
]
CLASS_PROBABILITIES = [
    lr.categorical_cross_entropy,
    lr.categorical_cross_entropy_grad,
    lr.categorical_cross_entropy_hess,
    lr.brier_score,
    lr.brier_score_grad,
]
ELEMENTWISE = PAIRS + BINARY_LOGITS + BINARY_PROBABILITY
BY_CLASS = CLASS_LOGITS + CLASS_PROBABILITIES
WEIGHTED = [lr.softmax_cross_entropy, lr.categorical_cross_entropy, lr.softmax_cross_entropy_grad]


def name(function) -> str:
    return function.__name__


@pytest.mark.parametrize("f", ELEMENTWISE, ids=name)
@pytest.mark.parametrize("other", [(3, 1), (1,), (), (2,), (1, 3)], ids=str)
def test_nothing_broadcasts(f, other) -> None:
    with pytest.raises(
        ValueError,
        match=r"equal shapes, got \(3,\) and " + str(other).replace("(", r"\(").replace(")", r"\)"),
    ):
        f(np.full(3, 0.5), np.full(other, 0.5))


@pytest.mark.parametrize("f", ELEMENTWISE, ids=name)
@pytest.mark.parametrize(
    "wrong",
    [
        np.array([1j, 2, 3]),
        np.array([Fraction(1, 3)] * 3),
        np.array(["a", "b", "c"]),
        ["0.1", "0.2", "0.3"],
        np.array([True, False, True]),
        np.ma.masked_array([0.1, 0.2, 0.3], [False, False, True]),
        np.array(["2020-01-01"] * 3, dtype="datetime64[D]"),
        None,
    ],
    ids=lambda v: type(v).__name__ + getattr(v, "dtype", np.dtype("O")).name,
)
def test_only_real_numbers(f, wrong) -> None:
    with pytest.raises(TypeError, match=r"must hold real numbers, got dtype|masked array"):
        f(wrong, np.full(3, 0.5))


@pytest.mark.parametrize("f", ELEMENTWISE + BY_CLASS, ids=name)
def test_ragged_lists(f) -> None:
    with pytest.raises(ValueError, match="not a rectangular array"):
        f([[0.5, 0.5], [0.5]], [0, 1])


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
def test_ragged_targets(f) -> None:
    with pytest.raises(ValueError, match="target is not a rectangular array"):
        f(P2, [[0.5, 0.5], [1.0]])


@pytest.mark.parametrize("f", BINARY_LOGITS + BINARY_PROBABILITY, ids=name)
@pytest.mark.parametrize("y", [2, -1, 1.0000001, -0.1, np.inf])
def test_binary_targets_lie_in_the_unit_interval(f, y) -> None:
    with pytest.raises(ValueError, match=r"target must lie in \[0, 1\], got"):
        f([0.5], [y])


@pytest.mark.parametrize("f", BINARY_PROBABILITY, ids=name)
@pytest.mark.parametrize("p", [1.2, -0.1, 1 + 1e-9, np.inf])
def test_probabilities_lie_in_the_unit_interval(f, p) -> None:
    with pytest.raises(ValueError, match=r"probability must lie in \[0, 1\], got .*sigmoid_ func"):
        f([p], [1])


@pytest.mark.parametrize("f", CLASS_PROBABILITIES, ids=name)
@pytest.mark.parametrize("row", [[0.5, 0.6], [1.2, -0.2], [0.3, 0.3], [2.0, 1.0]])
def test_rows_are_distributions(f, row) -> None:
    with pytest.raises(ValueError, match=r"must (sum to 1|lie in \[0, 1\])"):
        f([row], [0])


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
@pytest.mark.parametrize("label", [2, -1, -100])
def test_labels_are_in_range(f, label) -> None:
    with pytest.raises(ValueError, match=rf"class indices must lie in 0\.\.1, got {label}"):
        f(P2, [0, label])


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
@pytest.mark.parametrize(
    "target",
    [
        np.zeros((2, 1), int),
        np.zeros(3, int),
        np.zeros(1, int),
        np.array(0),
        np.array([0.0, 1.0]),
        np.full((3, 2), 0.5),
        np.full((2, 3), 1 / 3),
    ],
    ids=lambda t: f"{t.dtype}{t.shape}",
)
def test_targets_of_another_form(f, target) -> None:
    with pytest.raises(
        ValueError, match=r"class indices \(integers\) of shape \(2,\) or a distribution"
    ):
        f(P2, target)


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
@pytest.mark.parametrize(
    "target",
    [["a", "b"], [1j, 0], np.ma.masked_array([0, 1], [True, False])],
    ids=["str", "complex", "masked"],
)
def test_targets_of_another_kind(f, target) -> None:
    with pytest.raises(TypeError):
        f(P2, target)


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
def test_a_soft_target_is_a_distribution(f) -> None:
    with pytest.raises(ValueError, match="target must"):
        f(P2, [[0.5, 0.6], [1.0, 0.0]])


@pytest.mark.parametrize("f", [lr.softmax, lr.log_softmax, lr.logsumexp, lr.entropy], ids=name)
def test_classes_are_needed(f) -> None:
    with pytest.raises(ValueError, match="needs a last axis of classes"):
        f(0.5)
    with pytest.raises(ValueError, match="has no classes"):
        f(np.zeros((3, 0)))


@pytest.mark.parametrize("f", WEIGHTED, ids=name)
@pytest.mark.parametrize(
    "weights",
    [[1.0], [1.0, 2.0, 3.0], [[1.0, 1.0]], 1.0, [-1.0, 1.0], [np.nan, 1.0], [np.inf, 1.0]],
    ids=str,
)
def test_class_weights(f, weights) -> None:
    with pytest.raises(ValueError, match="class_weights must"):
        f(P2, [0, 1], class_weights=weights)


MEANS = [
    lr.mean_squared_error,
    lr.mean_squared_error_grad,
    lr.mean_squared_error_value_and_grad,
    lr.sigmoid_cross_entropy_value_and_grad,
]


@pytest.mark.parametrize("f", MEANS, ids=name)
def test_the_mean_of_nothing(f) -> None:
    with pytest.raises(ValueError, match="the mean of no values"):
        f([], [])


def test_nothing_left_to_average() -> None:
    f = lr.softmax_cross_entropy_value_and_grad
    with pytest.raises(ValueError, match="left to average"):
        f(np.zeros((0, 3)), np.zeros(0, int))
    with pytest.raises(ValueError, match="left to average"):
        f(ROWS, np.zeros(4, int), where=np.zeros(4, bool))
    with pytest.raises(ValueError, match="left to average"):
        f(ROWS, np.zeros(4, int), class_weights=[0.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ([True], ValueError),
        ([1, 0, 1, 0], TypeError),
        (["a"] * 4, TypeError),
        (np.ones((4, 3), bool), ValueError),
    ],
)
def test_where(where, error) -> None:
    with pytest.raises(error, match="where must"):
        lr.softmax_cross_entropy_value_and_grad(ROWS, [0, 1, 2, 0], where=where)


@pytest.mark.parametrize(
    "out",
    [
        np.empty((4, 2)),
        np.empty((4, 3), np.float32),
        [[0.0] * 3] * 4,
        np.empty((3, 4)).T,
        np.empty((4, 6))[:, ::2],
    ],
    ids=["shape", "dtype", "list", "order", "strides"],
)
def test_out_that_does_not_fit(out) -> None:
    with pytest.raises(ValueError, match="out must be"):
        lr.softmax_cross_entropy_value_and_grad(ROWS, [0, 1, 2, 0], out=out)


def test_out_that_is_read_only() -> None:
    out = np.empty(3)
    out.flags.writeable = False
    with pytest.raises(ValueError, match="writeable"):
        lr.mean_squared_error_value_and_grad(THREE, THREE, out=out)


PARAMETERS = [
    (lambda v: lr.huber(1.0, 0.0, delta=v), [0, -1, np.inf, np.nan, [1.0]]),
    (lambda v: lr.focal(1.0, 0.0, gamma=v), [-0.1, np.nan, np.inf]),
    (lambda v: lr.focal(1.0, 0.0, alpha=v), [-0.1, 1.1, np.nan]),
    (lambda v: lr.sigmoid_cross_entropy(1.0, 0.0, pos_weight=v), [-1, np.nan, np.inf]),
    (lambda v: lr.smooth_labels([0], 3, v), [-0.1, 1.5, np.nan]),
    (lambda v: lr.smooth_labels([0], v, 0.1), [0, -3, 2.0, True]),
    (lambda v: lr.logit_adjustment(np.zeros(2), [0.5, 0.5], tau=v), [-1, np.nan]),
    (
        lambda v: lr.logit_adjustment(np.zeros(2), v),
        [[0.5, 0.6], [1.0, 0.0], [1.5, -0.5], [0.5, np.nan], [1.0], [0.2, 0.3, 0.5]],
    ),
    (lambda v: lr.prior_correction(0.0, trained=v, actual=0.5), [0, 1, -0.5, np.nan]),
    (lambda v: lr.prior_correction(0.0, trained=0.5, actual=v), [0, 1]),
    (lambda v: lr.numerical_gradient(float, 1.0, step=v), [0, -1e-3]),
]


@pytest.mark.parametrize(("call", "value"), [(c, v) for c, values in PARAMETERS for v in values])
def test_parameters_in_range(call, value) -> None:
    with pytest.raises(ValueError, match=r"must (lie|be|have|sum)"):
        call(value)


def test_a_range_without_end_is_open_there() -> None:
    with pytest.raises(ValueError, match=r"delta must lie in \(0, inf\), got inf"):
        lr.huber(1.0, 0.0, delta=np.inf)
    with pytest.raises(ValueError, match=r"alpha must lie in \[0, 1\], got 2"):
        lr.focal(1.0, 0.0, alpha=2)


def test_weighted_mean() -> None:
    with pytest.raises(ValueError, match="equal shapes"):
        lr.weighted_mean([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="non-negative"):
        lr.weighted_mean([1.0, 2.0], [1.0, -1.0])
    with pytest.raises(ValueError, match="no values"):
        lr.weighted_mean([])
    with pytest.raises(ValueError, match="no values"):
        lr.weighted_mean([1.0], where=[False])
    with pytest.raises(ValueError, match="all 0"):
        lr.weighted_mean([1.0, 2.0], [0.0, 0.0])


def test_kl_of_different_shapes() -> None:
    with pytest.raises(ValueError, match="equal shapes"):
        lr.kl_divergence([0.5, 0.5], [0.2, 0.3, 0.5])


@pytest.mark.parametrize("f", ELEMENTWISE, ids=name)
def test_nan_stays_where_it_is(f) -> None:
    if f in MEANS:
        pytest.skip("a mean")
    result = f([0.5, np.nan, 0.25], [0.5, 0.5, 1.0])
    assert np.isnan(result).tolist() == [False, True, False]


@pytest.mark.parametrize("f", CLASS_LOGITS[:-1] + CLASS_PROBABILITIES, ids=name)
def test_nan_stays_in_its_row(f) -> None:
    result = f([[0.5, 0.5], [np.nan, 0.5]], [0, 1])
    result = np.asarray(result).reshape(2, -1)
    assert not np.isnan(result[0]).any()
    assert np.isnan(result[1]).any()


@pytest.mark.parametrize("f", [g for g in ELEMENTWISE if g not in MEANS], ids=name)
def test_empty_batch(f) -> None:
    assert np.asarray(f(np.zeros(0), np.zeros(0))).shape == (0,)


@pytest.mark.parametrize("f", CLASS_LOGITS[:-1] + CLASS_PROBABILITIES, ids=name)
def test_empty_batch_of_rows(f) -> None:
    assert len(f(np.zeros((0, 3)), np.zeros(0, int))) == 0
    assert len(f(np.zeros((0, 3)), [])) == 0


def test_empty_batch_of_labels() -> None:
    for labels in ([], np.zeros(0, int), np.zeros((0, 3))):
        assert lr.smooth_labels(labels, 3, 0.1).shape == (0, 3)


def test_one_tolerance_for_what_sums_to_one() -> None:
    short = [0.9, 0.09995]  # by less than sqrt(eps) of float16, by more than that of float64
    assert lr.logit_adjustment(np.zeros(2), np.float16(short)).dtype == np.float64
    assert lr.entropy(np.float16(short)) > 0
    for f in (lr.entropy, lambda row: lr.logit_adjustment(np.zeros(2), row)):
        with pytest.raises(ValueError, match="must sum to 1"):
            f(short)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.uint64])
def test_integers_do_not_wrap(dtype) -> None:
    a, b = np.array([3, 100], dtype), np.array([5, 0], dtype)
    np.testing.assert_array_equal(lr.squared_error(a, b), [4.0, 10000.0])
    assert lr.mean_squared_error(a, b) == 5002
    np.testing.assert_array_equal(lr.squared_error_grad(a, b), [-4.0, 200.0])


@pytest.mark.parametrize(
    ("given", "returned"),
    [
        (np.float16, np.float32),
        (np.float32, np.float32),
        (np.float64, np.float64),
        (np.int8, np.float64),
    ],
)
@pytest.mark.parametrize(
    "f", [lr.squared_error, lr.sigmoid_cross_entropy, lr.sigmoid_squared_error_grad], ids=name
)
def test_dtypes(f, given, returned) -> None:
    assert f(np.array([1, 0], given), np.array([1, 0])).dtype == returned
    assert lr.softmax_cross_entropy(np.array([[1, 0]], given), [0]).dtype == returned


def test_help_is_short() -> None:
    """A tooltip or help() shows ArrayLike, not the union of ten types that it stands for."""
    assert str(inspect.signature(lr.squared_error)) == (
        "(prediction: 'ArrayLike', target: 'ArrayLike') -> 'Any'"
    )
    for word in lr.__all__:
        assert "Union" not in str(inspect.signature(getattr(lr, word))), word


def test_scalars_come_back_as_floats() -> None:
    assert type(lr.squared_error(3, 1)) is float
    assert type(lr.sigmoid_cross_entropy(0.0, 1)) is float
    assert type(lr.softmax_cross_entropy([0.0, 1.0], 1)) is float
    assert type(lr.mean_squared_error_value_and_grad(3.0, 1.0)[1]) is float
    assert type(lr.sigmoid_cross_entropy_value_and_grad(3.0, 1.0)[1]) is float


@pytest.mark.parametrize("f", BY_CLASS, ids=name)
def test_inputs_are_not_written_to(f) -> None:
    p, t = P2.copy(), P2[::-1].copy()
    p.flags.writeable = t.flags.writeable = False
    f(p, t)
    np.testing.assert_array_equal(p, P2)


def test_any_memory_layout() -> None:
    z = np.asfortranarray(np.random.default_rng(0).normal(size=(6, 8)))[::2, ::2]
    t = np.array([0, 3, 1])
    np.testing.assert_array_equal(
        lr.softmax_cross_entropy(z, t), lr.softmax_cross_entropy(z.copy(), t)
    )
    value, grad = lr.softmax_cross_entropy_value_and_grad(z, t)
    assert value == pytest.approx(lr.softmax_cross_entropy(z, t).mean(), rel=1e-15)
    np.testing.assert_allclose(grad, lr.softmax_cross_entropy_grad(z, t) / 3, rtol=1e-15)
    assert lr.mean_squared_error(z, z.copy()) == 0
