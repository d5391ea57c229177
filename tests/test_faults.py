"""Seeded faults: in a copy of the repository, the ordinary gates must turn red for each."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs_ext import ROOT

PARTS = ["docs", "docs_ext", "lossref", "snippets", "tests", ".cache"]
FILES = ["mkdocs.yml", "pyproject.toml", "README.md", "CONTRIBUTING.md", "Makefile", "CITATION.cff"]
PAGE = "docs/losses/squared-error.md"
PYTEST = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
WALK = "from docs_ext import DOCS, notebooks as n; n.executed(DOCS / 'walkthroughs/imbalance.py')"
BUILD = ["-m", "mkdocs", "build", "--strict", "--site-dir", "faulty"]

# name: (file, what stands there, what the fault makes of it, the gate, what the gate says)
FAULTS = {
    "sign of a gradient": (
        "lossref/cross_entropy.py",
        "(1 - y) * p - weight * y * q",
        "(1 - y) * p + weight * y * q",
        [*PYTEST, "tests/test_derivatives.py"],
        "sigmoid_cross_entropy",
    ),
    "sign of a loss": (
        "lossref/cross_entropy.py",
        "times(t, 0 - np.log(p))",
        "times(t, np.log(p))",
        [*PYTEST, "lossref/cross_entropy.py"],
        "categorical_cross_entropy",
    ),
    "factor of a gradient": (
        "lossref/squared_error.py",
        "plain(2 * (prediction - target))",
        "plain(prediction - target)",
        [*PYTEST, "tests/test_derivatives.py"],
        "squared_error",
    ),
    "digit of an output": (
        "snippets/squared-error/values.out",
        "= 0",
        "= 1",
        [*PYTEST, "tests/test_snippets.py::test_output_is_the_committed_one[squared-error/values]"],
        "squared-error/values",
    ),
    "path of a snippet": (
        PAGE,
        "{{ snippet squared-error/definition }}",
        "{{ snippet squared-error/definitions }}",
        [*PYTEST, "tests/test_snippets.py::test_every_include_exists"],
        "squared-error/definitions",
    ),
    "decimal in prose": (
        PAGE,
        "its gradient is twice the residual",
        "its gradient is 2.0 times the residual",
        [*PYTEST, "tests/test_pages.py"],
        "squared-error.md",
    ),
    "decimal in a walkthrough": (
        "docs/walkthroughs/digits.py",
        "# # ",
        "# A rate of 0.15 it is.\n#\n# # ",
        [*PYTEST, "tests/test_pages.py"],
        "digits.py",
    ),
    "command in a formula": (
        PAGE,
        r"\dd{\SE}{z} &= \dd{\SE}{p}",
        r"\dd{\SE}{z} &= \ddq{\SE}{p}",
        [*PYTEST, "tests/test_formulas.py", "-k", "can_be_set"],
        "SE.8",
    ),
    "formula that no page shows": (
        PAGE,
        "```formula SE.2\n",
        "```formula SE.92\n",
        [*PYTEST, "tests/test_formulas.py"],
        "SE.2",
    ),
    "function that no formula names": (
        PAGE,
        "implements: squared_error_grad",
        "implements: squared_error_gradient",
        [*PYTEST, "tests/test_formulas.py"],
        "squared_error_gradient",
    ),
    "heading of a loss page": (
        PAGE,
        "## Stable form",
        "## Numerics",
        [*PYTEST, "tests/test_pages.py"],
        "squared-error",
    ),
    "citation": (PAGE, "[@Brier50]", "[@Brier51]", [*PYTEST, "tests/test_pages.py"], "Brier51"),
    "verdict of a claim": (
        "docs/claims/claims.toml",
        'verdict = "wrong"',
        'verdict = "correct"',
        [*PYTEST, "tests/test_evidence.py"],
        "test_A3",
    ),
    "source of a claim": (
        "docs/references.bib",
        "@article{Brier50,",
        "@article{Brier51,",
        [*PYTEST, "tests/test_claims.py"],
        "Brier50",
    ),
    "evidence of a claim": (
        "docs/claims/claims.toml",
        'evidence = ["SE.2", "SE.8", "SE.18"]',
        'evidence = ["SE.2", "SE.8"]',
        [*PYTEST, "tests/test_evidence.py", "-k", "test_A9"],
        "SE.18",
    ),
    "assertion of a verdict, turned round": (
        "tests/test_evidence.py",
        'assert record["least squares, middle"].max() < 0.05',
        'assert record["least squares, middle"].max() > 0.05',
        [*PYTEST, "tests/test_evidence.py", "-k", "test_A25"],
        "test_A25",
    ),
    "conclusion of a walkthrough, turned round": (
        "docs/walkthroughs/imbalance.py",
        "assert half.max() < 0.02",
        "assert half.max() > 0.02",
        ["-c", WALK],
        "walkthrough imbalance.py failed",
    ),
    "statement without a claim": (
        "docs/comparison/limitations.md",
        "*In the register:* [A32][].",
        "",
        [*PYTEST, "tests/test_pages.py", "-k", "leads_to_its_claim"],
        "calibration",
    ),
    "claim that there is not": (
        "docs/comparison/table.md",
        "[C6][]",
        "[C66][]",
        [*PYTEST, "tests/test_pages.py", "-k", "mentioned_exists"],
        "C66",
    ),
    "learning rate of the shared training": (
        "tests/experiments/network.py",
        "first -= rate * x[rows].T",
        "first -= 0.5 * rate * x[rows].T",
        [*PYTEST, "tests/test_experiments.py", "-k", "again and noise"],
        "cross-entropy",
    ),
    "learning rate of an experiment": (
        "tests/experiments/noise.py",
        "0.03, 0.1, 0.3",
        "0.03, 0.1, 0.5",
        [*PYTEST, "tests/test_experiments.py", "-k", "belongs and noise"],
        "noise",
    ),
    "training of an experiment": (
        "tests/experiments/masking.py",
        '"newton steps": 25',
        '"newton steps": 1',
        [*PYTEST, "tests/test_experiments.py", "-k", "masking"],
        "masking",
    ),
    "number in a record": (
        "tests/experiments/imbalance.json",
        '"cross-entropy, ce": 0.1',
        '"cross-entropy, ce": 0.3',
        [*PYTEST, "tests/test_experiments.py", "-k", "again and imbalance"],
        "cross-entropy, ce",
    ),
    "links: a page, an anchor, a formula": (
        PAGE,
        "(../comparison/limitations.md#mse-outliers)",
        "(../comparison/limitations.md#no-such) [x](../no-such.md) [SE.99][]",
        BUILD,
        "no-such",
    ),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    for part in PARTS:
        ignore = shutil.ignore_patterns("__pycache__", ".ruff_cache")
        shutil.copytree(ROOT / part, copy / part, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture
def fault(tree: Path, request: pytest.FixtureRequest) -> Iterator[tuple[list[str], str]]:
    """Put the fault in, and take it out again."""
    name, old, new, gate, says = FAULTS[request.param]
    file = tree / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} has changed: this fault needs another place"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    yield gate, says
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS, indirect=True)
def test_a_fault_is_caught(fault: tuple[list[str], str], tree: Path) -> None:
    gate, says = fault
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTEST"))}
    environment |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": ""}
    done = subprocess.run(
        [sys.executable, *gate],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode, f"not caught:\n{output[-2000:]}"
    assert says in output
    assert "ImportError" not in output
