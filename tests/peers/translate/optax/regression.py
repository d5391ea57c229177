import jax.numpy as jnp
import numpy as np
import optax

import lossref

prediction, target = np.array([2.5, 0.0, 2.0, 7.5]), np.array([3.0, -0.5, 2.0, 4.0])
x, y = jnp.asarray(prediction), jnp.asarray(target)

theirs = optax.squared_error(x, y).mean()
ours = lossref.mean_squared_error(prediction, target)
print(f"mean squared error  {theirs:.5f}  {ours:.5f}")

theirs = optax.l2_loss(x, y).mean()
ours = lossref.mean_squared_error(prediction, target) / 2
print(f"half of it          {theirs:.5f}  {ours:.5f}")

theirs = optax.huber_loss(x, y, delta=0.5).mean()
ours = lossref.huber(prediction, target, delta=0.5).mean()
print(f"Huber               {theirs:.5f}  {ours:.5f}")
