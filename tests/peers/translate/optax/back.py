import jax
import jax.numpy as jnp
import numpy as np
import optax

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels, weights = np.array([2, 0, 1]), np.array([1.0, 2.0, 6.0])
z, c, w = jnp.asarray(logits), jnp.asarray(labels), jnp.asarray(weights)
loss = optax.softmax_cross_entropy_with_integer_labels

ours, ours_grad = lossref.softmax_cross_entropy_value_and_grad(logits, labels)
theirs, theirs_grad = jax.value_and_grad(lambda z: loss(z, c).mean())(z)
print(f"mean           {ours:.5f}  {theirs:.5f}")
print(f"its gradient   {ours_grad[0, 0]:.5f}  {theirs_grad[0, 0]:.5f}")

each = lossref.softmax_cross_entropy(logits, labels)
ours = lossref.weighted_mean(each, weights[labels])
theirs = jnp.average(loss(z, c), weights=w[c])
print(f"class weights  {ours:.5f}  {theirs:.5f}")

keep = np.array([True, False, True])
ours = lossref.weighted_mean(each, where=keep)
theirs = jnp.mean(loss(z, c), where=jnp.asarray(keep))
print(f"rows left out  {ours:.5f}  {theirs:.5f}")

ours = lossref.brier_score(lossref.softmax(logits), labels).mean()
theirs = optax.squared_error(jax.nn.softmax(z), jax.nn.one_hot(c, 3)).sum(axis=1).mean()
print(f"Brier score    {ours:.5f}  {theirs:.5f}")

ours = lossref.focal(logits[:, 0], labels == 0, gamma=2.0, alpha=0.25).mean()
theirs = optax.sigmoid_focal_loss(z[:, 0], c == 0, alpha=0.25, gamma=2.0).mean()
print(f"focal loss     {ours:.5f}  {theirs:.5f}")
