import numpy as np

rng = np.random.default_rng(0)
delay = rng.exponential(10, 10_001)


def pinball(prediction, target, tau):
    return np.maximum(tau * (target - prediction), (tau - 1) * (target - prediction))


guesses = np.linspace(0, 60, 1201)
for tau in (0.1, 0.5, 0.9):
    best = guesses[np.argmin([pinball(guess, delay, tau).mean() for guess in guesses])]
    quantile = np.quantile(delay, tau)
    print(f"tau = {tau}: best constant {best:.1f}, quantile {quantile:.1f}")
