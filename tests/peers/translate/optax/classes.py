import jax.numpy as jnp
import numpy as np
import optax

import lossref

logits = np.array([[0.5, -2.0, 0.25], [-0.5, 2.0, 1.0], [2.0, 0.75, -1.0]])
labels = np.array([2, 0, 1])
soft = np.array([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.1, 0.2, 0.7]])
z, c, t = jnp.asarray(logits), jnp.asarray(labels), jnp.asarray(soft)

theirs = optax.softmax_cross_entropy_with_integer_labels(z, c).mean()
ours = lossref.softmax_cross_entropy(logits, labels).mean()
print(f"class indices    {theirs:.5f}  {ours:.5f}")

theirs = optax.softmax_cross_entropy(z, t).mean()
ours = lossref.softmax_cross_entropy(logits, soft).mean()
print(f"distributions    {theirs:.5f}  {ours:.5f}")

theirs = optax.softmax_cross_entropy(z, optax.smooth_labels(t, 0.1)).mean()
ours = lossref.softmax_cross_entropy(logits, lossref.smooth_labels(soft, 3, 0.1)).mean()
print(f"label smoothing  {theirs:.5f}  {ours:.5f}")

theirs = optax.sigmoid_binary_cross_entropy(z[:, 0], t[:, 0]).mean()
ours = lossref.sigmoid_cross_entropy(logits[:, 0], soft[:, 0]).mean()
print(f"one logit        {theirs:.5f}  {ours:.5f}")

theirs = optax.kl_divergence(jnp.log(jnp.asarray(lossref.softmax(logits))), t).mean()
ours = lossref.kl_divergence(soft, lossref.softmax(logits)).mean()
print(f"KL divergence    {theirs:.5f}  {ours:.5f}")
