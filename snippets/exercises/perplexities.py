import numpy as np

import lossref

losses = np.log([10, 1000])
print("mean of the perplexities:", np.exp(losses).mean().round(4))
print("perplexity of the whole:", np.exp(lossref.weighted_mean(losses)).round(4))
