import numpy as np

import lossref

prediction, target = np.random.default_rng(0).normal(size=(2, 100, 7))
per_example = lossref.squared_error(prediction, target).sum(axis=1)
over_examples = per_example.mean()
over_elements = lossref.mean_squared_error(prediction, target)
print(f"over examples / over elements = {over_examples / over_elements:g}")
