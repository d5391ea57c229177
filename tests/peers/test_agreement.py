"""lossref and the libraries compute the same losses and gradients where the libraries are exact.

Inputs are moderate, so that no form loses digits: logits around 0, probabilities away from 0 and
1. Everything is float64. The tolerance, 1e-12 relative, is some thousand rounding errors: wide
enough for sums in another order, and far below any difference of convention.
"""

import os
import subprocess
import sys

from tests.peers import libraries

# isort: split
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
import scipy.special
import scipy.stats
import torch
import torch.nn.functional as F
from sklearn import metrics
from sklearn._loss.loss import HalfBinomialLoss, HalfMultinomialLoss, HalfSquaredError

import lossref as lr

libraries.load("PyTorch")
RNG = np.random.default_rng(20)
N, K = 50, 7
Z = RNG.normal(0, 2, (N, K))
T = RNG.integers(0, K, N)
Q = RNG.dirichlet(np.ones(K), N)
W = RNG.uniform(0.5, 2, K)
B, Y, S = RNG.normal(0, 2, N), RNG.integers(0, 2, N).astype(float), RNG.random(N)
P = RNG.uniform(0.05, 0.95, N)
A, C = RNG.normal(0, 3, N), RNG.normal(0, 3, N)


def close(got, expected, tolerance=1e-12) -> None:
    np.testing.assert_allclose(np.asarray(got), np.asarray(expected), rtol=tolerance, atol=1e-15)


def by_torch(loss, x) -> tuple[float, np.ndarray]:
    """Value and gradient from automatic differentiation."""
    leaf = torch.tensor(x, requires_grad=True)
    value = loss(leaf)
    value.backward()
    return value.item(), leaf.grad.numpy()


def by_jax(loss, x) -> tuple[float, np.ndarray]:
    value, grad = jax.value_and_grad(loss)(jnp.asarray(x))
    return float(value), np.asarray(grad)


tt = torch.tensor
# what is compared: (lossref's value and gradient of the mean, the input, a loss of PyTorch)
TORCH = {
    "class indices": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, T),
        Z,
        lambda z: F.cross_entropy(z, tt(T)),
    ),
    "distributions": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, Q),
        Z,
        lambda z: F.cross_entropy(z, tt(Q)),
    ),
    "class weights": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, T, class_weights=W),
        Z,
        lambda z: F.cross_entropy(z, tt(T), weight=tt(W)),
    ),
    "rows left out": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, np.where(T == 2, -100, T), where=T != 2),
        Z,
        lambda z: F.cross_entropy(z, tt(np.where(T == 2, -100, T))),
    ),
    "weights and rows left out": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, T, where=T != 2, class_weights=W),
        Z,
        lambda z: F.cross_entropy(z, tt(T), weight=tt(W), ignore_index=2),
    ),
    "label smoothing": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, lr.smooth_labels(T, K, 0.1)),
        Z,
        lambda z: F.cross_entropy(z, tt(T), label_smoothing=0.1),
    ),
    "binary, from logits": (
        lambda: lr.sigmoid_cross_entropy_value_and_grad(B, S),
        B,
        lambda z: F.binary_cross_entropy_with_logits(z, tt(S)),
    ),
    "weight of the positive class": (
        lambda: (
            lr.sigmoid_cross_entropy(B, Y, pos_weight=3.0).mean(),
            lr.sigmoid_cross_entropy_grad(B, Y, pos_weight=3.0) / N,
        ),
        B,
        lambda z: F.binary_cross_entropy_with_logits(z, tt(Y), pos_weight=tt(3.0)),
    ),
    "binary, from probabilities": (
        lambda: (lr.binary_cross_entropy(P, S).mean(), lr.binary_cross_entropy_grad(P, S) / N),
        P,
        lambda p: F.binary_cross_entropy(p, tt(S)),
    ),
    "mean squared error": (
        lambda: lr.mean_squared_error_value_and_grad(A, C),
        A,
        lambda a: F.mse_loss(a, tt(C)),
    ),
    "Huber": (
        lambda: (lr.huber(A, C, delta=1.5).mean(), lr.huber_grad(A, C, delta=1.5) / N),
        A,
        lambda a: F.huber_loss(a, tt(C), delta=1.5),
    ),
    "absolute error": (
        lambda: (lr.absolute_error(A, C).mean(), lr.absolute_error_grad(A, C) / N),
        A,
        lambda a: F.l1_loss(a, tt(C)),
    ),
    "squared error through a softmax": (
        lambda: (lr.softmax_squared_error(Z, Q).mean(), lr.softmax_squared_error_grad(Z, Q) / N),
        Z,
        lambda z: ((torch.softmax(z, 1) - tt(Q)) ** 2).sum(1).mean(),
    ),
    "squared error through a sigmoid": (
        lambda: (lr.sigmoid_squared_error(B, S).mean(), lr.sigmoid_squared_error_grad(B, S) / N),
        B,
        lambda z: ((torch.sigmoid(z) - tt(S)) ** 2).mean(),
    ),
    "Kullback-Leibler": (
        lambda: (lr.kl_divergence(Q, Q[::-1]).mean(), lr.kl_divergence_grad(Q, Q[::-1]) / N),
        Q[::-1].copy(),
        lambda q: F.kl_div(torch.log(q), tt(Q), reduction="batchmean"),
    ),
}


@pytest.mark.parametrize("name", TORCH)
def test_pytorch(name: str) -> None:
    ours, x, loss = TORCH[name]
    value, grad = ours()
    their_value, their_grad = by_torch(loss, x)
    close(value, their_value)
    close(grad, their_grad)


JAX = {
    "class indices": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, T),
        Z,
        lambda z: optax.softmax_cross_entropy_with_integer_labels(z, jnp.asarray(T)).mean(),
    ),
    "distributions": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, Q),
        Z,
        lambda z: optax.softmax_cross_entropy(z, Q).mean(),
    ),
    "binary, from logits": (
        lambda: lr.sigmoid_cross_entropy_value_and_grad(B, S),
        B,
        lambda z: optax.sigmoid_binary_cross_entropy(z, S).mean(),
    ),
    "mean squared error": (
        lambda: lr.mean_squared_error_value_and_grad(A, C),
        A,
        lambda a: optax.squared_error(a, C).mean(),
    ),
    "Huber": (
        lambda: (lr.huber(A, C, delta=1.5).mean(), lr.huber_grad(A, C, delta=1.5) / N),
        A,
        lambda a: optax.huber_loss(a, C, delta=1.5).mean(),
    ),
    "focal": (
        lambda: (
            lr.focal(B, Y, gamma=2.0, alpha=0.25).mean(),
            lr.focal_grad(B, Y, gamma=2.0, alpha=0.25) / N,
        ),
        B,
        lambda z: optax.sigmoid_focal_loss(z, Y, alpha=0.25, gamma=2.0).mean(),
    ),
    "label smoothing": (
        lambda: lr.softmax_cross_entropy_value_and_grad(Z, lr.smooth_labels(T, K, 0.1)),
        Z,
        lambda z: optax.softmax_cross_entropy(
            z, optax.smooth_labels(jax.nn.one_hot(T, K, dtype=z.dtype), 0.1)
        ).mean(),
    ),
}


@pytest.mark.parametrize("name", JAX)
def test_optax(name: str) -> None:
    ours, x, loss = JAX[name]
    value, grad = ours()
    their_value, their_grad = by_jax(loss, x)
    close(value, their_value)
    close(grad, their_grad)


def test_hessians_of_jax() -> None:
    def softmax_loss(z, t):
        return -jax.nn.log_softmax(z) @ t

    def softmax_square(z, t):
        return jnp.sum((jax.nn.softmax(z) - t) ** 2)

    for ours, loss in (
        (lr.softmax_cross_entropy_hess, softmax_loss),
        (lr.softmax_squared_error_hess, softmax_square),
    ):
        close(ours(Z[:5], Q[:5]), jax.vmap(jax.hessian(loss))(Z[:5], Q[:5]))


def test_scipy() -> None:
    close(lr.softmax(Z), scipy.special.softmax(Z, axis=1))
    close(lr.log_softmax(Z), scipy.special.log_softmax(Z, axis=1))
    close(lr.logsumexp(Z), scipy.special.logsumexp(Z, axis=1))
    close(lr.sigmoid(B), scipy.special.expit(B))
    close(lr.log_sigmoid(B), scipy.special.log_expit(B))
    close(lr.softplus(B), scipy.special.softplus(B))
    close(lr.entropy(Q), scipy.stats.entropy(Q, axis=1))
    close(lr.kl_divergence(Q, Q[::-1]), scipy.special.rel_entr(Q, Q[::-1]).sum(axis=1))
    close(lr.huber(A, C, delta=1.5), scipy.special.huber(1.5, A - C))


def test_scikit_learn() -> None:
    losses, grads = HalfMultinomialLoss(n_classes=K).loss_gradient(T.astype(float), Z)
    close(lr.softmax_cross_entropy(Z, T), losses)
    close(lr.softmax_cross_entropy_grad(Z, T), grads)
    losses, grads = HalfBinomialLoss().loss_gradient(Y, B)
    close(lr.sigmoid_cross_entropy(B, Y), losses)
    close(lr.sigmoid_cross_entropy_grad(B, Y), grads)
    losses, grads = HalfSquaredError().loss_gradient(C, A)
    close(lr.squared_error(A, C), 2 * losses)  # theirs has the half
    close(lr.squared_error_grad(A, C), 2 * grads)
    p = lr.softmax(Z)
    close(lr.categorical_cross_entropy(p, T).mean(), metrics.log_loss(T, p, labels=range(K)))
    close(lr.binary_cross_entropy(P, Y).mean(), metrics.log_loss(Y, P))
    close(lr.brier_score(p, T).mean(), metrics.brier_score_loss(T, p, labels=range(K)))
    close(lr.mean_squared_error(A, C), metrics.mean_squared_error(C, A))
    close(
        lr.weighted_mean(lr.squared_error(A, C), S),
        metrics.mean_squared_error(C, A, sample_weight=S),
    )


# Keras 3.15 has reductions and conversions in float32 also where floatx is float64
KERAS = """
import sys
import numpy as np
import keras
from keras import losses
keras.config.set_floatx("float64")
backend = keras.backend.backend()
if backend == "torch":
    import torch
    own = torch.tensor
elif backend == "jax":
    import jax
    own = jax.numpy.asarray
else:
    own = np.asarray
data = np.load(sys.argv[1])
Z, T, Q, B, S, A, C = (data[name] for name in "ZTQBSAC")
hot = np.eye(Z.shape[1])[T]
LOSSES = {
    "indices": (lambda z: losses.sparse_categorical_crossentropy(own(T), z, from_logits=True), Z),
    "soft": (lambda z: losses.categorical_crossentropy(own(Q), z, from_logits=True), Z),
    "smooth": (lambda z: losses.categorical_crossentropy(
        own(hot), z, from_logits=True, label_smoothing=0.1), Z),
    "binary": (lambda z: losses.binary_crossentropy(own(S), z, from_logits=True), B),
    "squared": (lambda a: losses.mean_squared_error(own(C), a), A),
    "huber": (lambda a: losses.huber(own(C), a, delta=1.5), A),
}
found = {}
for name, (loss, x) in LOSSES.items():
    mean = lambda v: keras.ops.mean(loss(v))
    if backend == "torch":
        leaf = own(x).requires_grad_()
        value = mean(leaf)
        value.backward()
        found[name], found[name + " grad"] = value.detach().numpy(), leaf.grad.numpy()
    elif backend == "jax":
        found[name], found[name + " grad"] = jax.value_and_grad(mean)(own(x))
    else:
        found[name] = mean(own(x))
np.savez(sys.argv[2], **found)
"""


@pytest.mark.parametrize("backend", ["torch", "jax", "numpy"])
def test_keras(backend: str, tmp_path) -> None:
    """To the precision of float32; the NumPy backend has no gradients."""
    given, made = tmp_path / "given.npz", tmp_path / "made.npz"
    np.savez(given, Z=Z, T=T, Q=Q, B=B, S=S, A=A, C=C)
    subprocess.run(
        [sys.executable, "-c", KERAS, given, made],
        env={**os.environ, "KERAS_BACKEND": backend},
        check=True,
    )
    ours = {
        "indices": lr.softmax_cross_entropy_value_and_grad(Z, T),
        "soft": lr.softmax_cross_entropy_value_and_grad(Z, Q),
        "smooth": lr.softmax_cross_entropy_value_and_grad(Z, lr.smooth_labels(T, K, 0.1)),
        "binary": lr.sigmoid_cross_entropy_value_and_grad(B, S),
        "squared": lr.mean_squared_error_value_and_grad(A, C),
        "huber": (lr.huber(A, C, delta=1.5).mean(), lr.huber_grad(A, C, delta=1.5) / N),
    }
    theirs = np.load(made)
    for name, (value, grad) in ours.items():
        close(value, theirs[name], 1e-6)
        if backend != "numpy":
            close(grad, theirs[f"{name} grad"], 1e-6)
