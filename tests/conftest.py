"""Options and fixtures shared by the tests."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the outputs of the snippets, and records what changed in formulas."""
    text = "rewrite snippets/**/*.out and docs/formulas.lock"
    parser.addoption("--update", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse `--update` in CI: there an output is compared, never rewritten."""
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is refused in CI: run it locally and commit the change")
