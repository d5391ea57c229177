import numpy as np

import lossref

labels = np.zeros(10, dtype=int)
for name, right, wrong, hits in (("epoch 5", 0.4, -0.4, 7), ("epoch 50", 6, -9, 8)):
    z = np.zeros((10, 2))
    z[:hits, 0], z[hits:, 0] = right, wrong
    loss = lossref.softmax_cross_entropy(z, labels).mean()
    accuracy = np.mean(z.argmax(axis=1) == labels)
    print(f"{name}: accuracy {accuracy:.1f}, loss {loss:.3f}")
