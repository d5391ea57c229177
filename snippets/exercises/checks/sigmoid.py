import numpy as np

import lossref

powers, exp = [], np.exp
np.exp = lambda x, *rest, **named: powers.append(np.max(x)) or exp(x, *rest, **named)
try:
    with np.errstate(over="ignore"):
        got = sigmoid(np.array([-1000.0, 1000.0]))
finally:
    np.exp = exp
assert not powers or max(powers) < 700, (
    "exp overflowed at -1000 or 1000. Exponentiate only what is not positive."
)
assert np.array_equal(got, [0, 1]), "Far to the left it is 0, far to the right it is 1."
z = np.linspace(-30, 30, 61)
got = sigmoid(z)
assert not np.allclose(got, lossref.sigmoid(-z)), "It falls; the sigmoid rises. Check the sign."
assert np.allclose(got, lossref.sigmoid(z), rtol=1e-12, atol=0), (
    "Small values lose digits: 1 - something near 1 cancels. Divide e by 1 + e instead."
)
