"""Reference implementations of mean squared error and cross-entropy."""
