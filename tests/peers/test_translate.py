"""Each translated program prints what is committed, in a fresh interpreter.

python -m pytest tests/peers/test_translate.py --update     writes the outputs
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.peers import frameworks

FOLDER = Path(__file__).with_name("translate")
PROGRAMS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py"))
RUNS = [
    (program, backend)
    for program in PROGRAMS
    for backend in (frameworks.BACKENDS if program.startswith("keras/") else [""])
]


@pytest.mark.parametrize(("program", "backend"), RUNS)
def test_output(program: str, backend: str, request: pytest.FixtureRequest) -> None:
    """Without double precision in JAX: that is how it is found after an installation."""
    python = frameworks.needed(backend)
    env = {**os.environ, "PYTHONPATH": str(frameworks.ROOT), "JAX_ENABLE_X64": "0"}
    if backend:
        env["KERAS_BACKEND"] = backend
    strict = ["-W", "error"]
    if backend:  # the backends of Keras warn of the changes of NumPy
        strict = [] if backend == "tensorflow" else [*strict, "-W", "ignore::DeprecationWarning"]
    done = subprocess.run(
        [python, *strict, FOLDER / program], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kept = (FOLDER / program).with_suffix(".out")
    if request.config.getoption("--update") and backend in {"", "numpy"}:
        kept.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == kept.read_text(encoding="utf-8")
