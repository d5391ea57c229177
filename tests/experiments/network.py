"""A small network and its training, shared by the experiments; the loss enters as a gradient."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

import lossref

Network = list[np.ndarray]
Gradient = Callable[[np.ndarray, np.ndarray], np.ndarray]


def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes)[labels]


def linear_squared_error_grad(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Squared error of linear outputs against one-hot targets, summed over the classes."""
    return lossref.squared_error_grad(z, one_hot(labels, z.shape[1]))


def absolute_error_grad(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Absolute error of softmax outputs, 2 (1 - p_c), in the logits: 2 p_c (p - t)."""
    p = lossref.softmax(z)
    own = p[np.arange(len(p)), labels]
    return 2 * own[:, None] * (p - one_hot(labels, z.shape[1]))


GRADIENTS: dict[str, Gradient] = {
    "cross-entropy": lossref.softmax_cross_entropy_grad,
    "squared error": lossref.softmax_squared_error_grad,
    "linear": linear_squared_error_grad,
    "absolute error": absolute_error_grad,
}


def initial(rng: np.random.Generator, sizes: Sequence[int], gain: float = 1.0) -> Network:
    """Gaussian weights of variance 1 / inputs; the output weights are scaled by `gain`."""
    network: Network = []
    for inputs, outputs in pairwise(sizes):
        network += [rng.normal(0, 1 / np.sqrt(inputs), (inputs, outputs)), np.zeros(outputs)]
    network[-2] *= gain
    return network


def outputs(network: Network, x: np.ndarray) -> np.ndarray:
    """Logits of a network with one hidden layer of tanh units."""
    first, bias, second, last = network
    return np.tanh(x @ first + bias) @ second + last


def train(
    gradient: Gradient,
    network: Network,
    x: np.ndarray,
    target: np.ndarray,
    *,
    rate: float,
    epochs: int,
    batches: int,
    seed: int,
) -> Network:
    """Minibatch gradient descent; a run that overflows ends where it is."""
    rng = np.random.default_rng(seed)
    first, bias, second, last = (part.copy() for part in network)
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(x)), batches):
            batch = x[rows]
            hidden = np.tanh(batch @ first + bias)
            z = hidden @ second + last
            if not np.abs(z).max() < 1e6:
                return [first, bias, second, last]
            upper = gradient(z, target[rows]) / len(rows)
            lower = (upper @ second.T) * (1 - hidden**2)
            second -= rate * hidden.T @ upper
            last -= rate * upper.sum(axis=0)
            first -= rate * batch.T @ lower
            bias -= rate * lower.sum(axis=0)
    return [first, bias, second, last]


def accuracy(network: Network, x: np.ndarray, labels: np.ndarray) -> float:
    return float((outputs(network, x).argmax(axis=1) == labels).mean())


def split(
    rng: np.random.Generator, count: int, shares: Sequence[float] = (0.6, 0.2, 0.2)
) -> list[np.ndarray]:
    """Shuffled row numbers for training, validation and test."""
    cuts = (np.cumsum(shares)[:-1] * count).astype(int)
    return np.split(rng.permutation(count), cuts)


def standardized(x: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Inputs scaled by the mean and spread of the training rows."""
    spread = x[rows].std(axis=0)
    return (x - x[rows].mean(axis=0)) / np.where(spread > 0, spread, 1)
