"""What lossref promises: the largest error of each function, in units in the last place.

The tests measure against these bounds, the docstrings state them, and the page on accuracy shows
them beside what was measured.
"""

BOUNDS = {
    "sigmoid": 4,
    "softplus": 4,
    "log_sigmoid": 4,
    "logsumexp": 4,
    "softmax": 4,
    "log_softmax": 4,
    "squared_error": 3,
    "squared_error_grad": 1,
    "mean_squared_error": 4,
    "mean_squared_error_grad": 3,
    "sigmoid_squared_error": 8,
    "sigmoid_squared_error_grad": 8,
    "sigmoid_squared_error_hess": 8,
    "softmax_squared_error": 8,
    "softmax_squared_error_grad": 8,
    "softmax_squared_error_hess": 12,
    "brier_score": 4,
    "binary_cross_entropy": 4,
    "binary_cross_entropy_grad": 4,
    "binary_cross_entropy_hess": 4,
    "sigmoid_cross_entropy": 4,
    "sigmoid_cross_entropy_grad": 4,
    "sigmoid_cross_entropy_hess": 6,
    "sigmoid_cross_entropy_value_and_grad": 4,
    "categorical_cross_entropy": 4,
    "softmax_cross_entropy": 4,
    "softmax_cross_entropy_grad": 4,
    "softmax_cross_entropy_hess": 8,
    "softmax_cross_entropy_value_and_grad": 4,
    "entropy": 4,
    "kl_divergence": 8,
    "kl_divergence_grad": 1,
    "huber": 4,
}

# of the gradients of fused functions, which use NumPy's float32 exponential as it is
GRADIENTS = {
    "mean_squared_error_value_and_grad": 3,
    "sigmoid_cross_entropy_value_and_grad": 6,
    "softmax_cross_entropy_value_and_grad": 8,
}
