"""Experiments: longer programs in tests/experiments, and the committed record of each.

An experiment defines `SEEDS`, `PARAMETERS`, `TOLERANCE`, `run(seed)`, `table(record)` and
`figure(record)`. Its record, a JSON file beside it, holds the parameters and the numbers of every
seed. Pages and tests read the record; running an experiment again must give the same numbers
within the tolerance of their last word.

Rounding differs between processors: another order of summation, another exponential. Most training
forgets it, but long training and rates near the edge of stability amplify it until the run of a
seed is another draw. Tolerances and the optional `CHAOTIC`, a pattern of such numbers, come from
running every seed with three other sets of kernels (OPENBLAS_CORETYPE Prescott without AVX in
NumPy, SandyBridge without AVX-512 in NumPy, SkylakeX). A chaotic number is compared as a draw: a
run must lie near the recorded ones, and the median over the seeds must agree within three standard
errors.

    python -m docs_ext.experiments              run all, compare with the records
    python -m docs_ext.experiments --update     run all, write the records
    python -m docs_ext.experiments noise        the same for some
"""

import argparse
import importlib.util
import json
import math
import re
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from docs_ext import ROOT, DocsError
from docs_ext.snippets import Snippet

EXPERIMENTS = ROOT / "tests" / "experiments"
SHARED = {"network"}


@dataclass(frozen=True)
class Record:
    """What an experiment found: one row of named numbers for each seed."""

    name: str
    parameters: dict[str, Any]
    seeds: tuple[int, ...]
    runs: tuple[dict[str, float], ...]

    def __getitem__(self, key: str) -> np.ndarray:
        """One number over the seeds."""
        if key not in self.runs[0]:
            raise KeyError(f"experiment {self.name} has no number {key!r}")
        return np.array([run[key] for run in self.runs])

    def mean(self, key: str) -> float:
        """The mean of one number over the seeds."""
        return float(self[key].mean())

    def spread(self, key: str, digits: int = 3) -> str:
        """A number as tables show it: its mean, and its range over the seeds."""
        values = self[key]
        low, high = values.min(), values.max()
        text = f"{values.mean():.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"
        text = re.sub(r"-(0\.0+)\b", r"\1", text)
        return text.replace("-", "−").replace(" ", "\N{NO-BREAK SPACE}")


def names() -> list[str]:
    """Every experiment."""
    return sorted(path.stem for path in EXPERIMENTS.glob("*.py") if path.stem not in SHARED)


def parse(text: str, name: str) -> Record:
    """Read a record; anything but seeds with the same finite numbers is an error."""

    def wrong(what: str) -> DocsError:
        return DocsError(f"record of experiment {name}: {what}")

    try:
        data = json.loads(text)
    except ValueError as error:
        raise wrong(f"not JSON: {error}") from None
    if not isinstance(data, dict) or data.keys() != {"experiment", "parameters", "runs"}:
        raise wrong("needs experiment, parameters and runs, and nothing else")
    if data["experiment"] != name:
        raise wrong(f"says it is of {data['experiment']!r}")
    if not isinstance(data["parameters"], dict):
        raise wrong("parameters is not a table")
    runs = data["runs"]
    if not isinstance(runs, list) or len(runs) < 5:
        raise wrong("needs at least five runs")
    seeds: list[int] = []
    numbers: list[dict[str, Any]] = []
    for run in runs:
        if not isinstance(run, dict) or run.keys() != {"seed", "numbers"}:
            raise wrong("a run needs seed and numbers, and nothing else")
        if type(run["seed"]) is not int or run["seed"] in seeds:
            raise wrong(f"seed {run['seed']!r} is no integer or there twice")
        found = run["numbers"]
        if not isinstance(found, dict) or not found:
            raise wrong(f"seed {run['seed']} has no numbers")
        for key, value in found.items():
            if type(value) not in (int, float) or not math.isfinite(value):
                raise wrong(f"{key} is {value!r}, not a finite number")
        if numbers and found.keys() != numbers[0].keys():
            raise wrong(f"seed {run['seed']} has other numbers than the first")
        seeds.append(run["seed"])
        numbers.append(found)
    return Record(name, data["parameters"], tuple(seeds), tuple(numbers))


def record_path(name: str) -> Path:
    """The committed record of an experiment."""
    return EXPERIMENTS / f"{name}.json"


def record(name: str) -> Record:
    """Read the committed record of an experiment."""
    if name not in names():
        raise DocsError(f"there is no experiment tests/experiments/{name}.py")
    if not record_path(name).is_file():
        raise DocsError(f"experiment {name} has no record {name}.json")
    return parse(record_path(name).read_text(encoding="utf-8"), name)


@cache
def load(name: str) -> ModuleType:
    """Import an experiment, as running its file would."""
    path = EXPERIMENTS / f"{name}.py"
    if name not in names():
        raise DocsError(f"there is no experiment tests/experiments/{name}.py")
    if str(EXPERIMENTS) not in sys.path:
        sys.path.append(str(EXPERIMENTS))
    spec = importlib.util.spec_from_file_location(f"experiment_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tolerance(module: ModuleType, key: str) -> float | None:
    """The tolerance of a number, by its last word; None: recorded, not compared."""
    word = key.rpartition(", ")[2]
    if word not in module.TOLERANCE:
        raise DocsError(f"experiment {module.__name__}: no tolerance for {word!r} of {key!r}")
    return module.TOLERANCE[word]


def chaotic(module: ModuleType, key: str) -> bool:
    """Whether a number of one seed is another draw on another processor."""
    pattern = getattr(module, "CHAOTIC", None)
    return bool(pattern and re.search(pattern, key))


def differences(
    module: ModuleType, kept: Record, runs: Mapping[int, dict[str, float]]
) -> list[str]:
    """What new runs, by seed, say differently from the record."""
    found = []
    for seed, fresh in runs.items():
        old = kept.runs[kept.seeds.index(seed)]
        if old.keys() != fresh.keys():
            found.append(f"seed {seed}: other numbers: {sorted(old.keys() ^ fresh.keys())}")
            continue
        for key, value in old.items():
            allowed = tolerance(module, key)
            if allowed is None:
                continue
            low, high = value - allowed, value + allowed
            if chaotic(module, key):
                # wide: one test example, sure and wrong, moves a cross-entropy that far; this finds
                # a run that broke down, the comparison of the medians finds the rest
                reach = 10 * np.ptp(kept[key]) + allowed
                low, high = kept[key].min() - reach, kept[key].max() + reach
            if not low <= fresh[key] <= high:
                says = f"{fresh[key]:.6g}, recorded {value:.6g}, allowed {low:.6g} to {high:.6g}"
                found.append(f"seed {seed}: {key}: {says}")
    if not found and set(runs) == set(kept.seeds):
        for key in filter(partial(chaotic, module), kept.runs[0]):
            median, old = np.median([run[key] for run in runs.values()]), np.median(kept[key])
            # three standard errors of the difference of two means; those of medians are similar,
            # and one sure mistake in one seed does not move them
            allowed = 3 * kept[key].std(ddof=1) * math.sqrt(2 / len(runs))
            if tolerance(module, key) is not None and not abs(median - old) <= allowed:
                says = f"{median:.6g}, recorded {old:.6g}, allowed ±{allowed:.6g}"
                found.append(f"median of {key}: {says}")
    return found


def fresh_run(name: str, seed: int) -> dict[str, float]:
    """The numbers of one seed as a record keeps them, six digits."""
    return {key: float(f"{value:.6g}") for key, value in load(name).run(seed).items()}


def plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """Parameters as JSON would give them back."""
    return json.loads(json.dumps(parameters))


def write(name: str, runs: dict[int, dict[str, float]]) -> None:
    """Write a record, one number a line, so that a diff shows which one changed."""
    data = {
        "experiment": name,
        "parameters": plain(load(name).PARAMETERS),
        "runs": [{"seed": seed, "numbers": numbers} for seed, numbers in runs.items()],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    text = re.sub(r"\[\s+([-\d.,\s]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    record_path(name).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class ExperimentFigure(Snippet):
    """`experiments/name`: the figure of an experiment, drawn from its record."""

    @property
    def path(self) -> Path:
        """The experiment."""
        return EXPERIMENTS / f"{self.name.removeprefix('experiments/')}.py"

    @property
    def inputs(self) -> list[Path]:
        """What the drawing depends on."""
        shared = [EXPERIMENTS / f"{name}.py" for name in sorted(SHARED)]
        return [self.path, record_path(self.path.stem), *shared]

    def figure(self) -> Any:
        """The Matplotlib figure."""
        return load(self.path.stem).figure(record(self.path.stem))


def experiment_figures() -> list[ExperimentFigure]:
    """The figure of every experiment."""
    return [ExperimentFigure(f"experiments/{name}") for name in names()]


def main(arguments: list[str]) -> int:
    """Run experiments with progress; 1 if one of them differs from its record."""
    parser = argparse.ArgumentParser(description="Run the experiments.")
    parser.add_argument("names", nargs="*", help="which; default: all")
    parser.add_argument("--update", action="store_true", help="write the records")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no such experiment: {', '.join(sorted(unknown))}")
    chosen, failed = options.names or names(), False
    with ProcessPoolExecutor() as pool:  # one for all: no processor waits for the last seed
        asked = {name: pool.map(partial(fresh_run, name), load(name).SEEDS) for name in chosen}
        for name in chosen:
            module, started = load(name), time.perf_counter()
            runs: dict[int, dict[str, Any]] = {}
            for numbers in asked[name]:
                runs[module.SEEDS[len(runs)]] = numbers
                print(f"{name}: {len(runs)} of {len(module.SEEDS)}", flush=True)
            print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
            if options.update:
                write(name, runs)
                continue
            kept = record(name)
            wrong = [] if kept.parameters == plain(module.PARAMETERS) else ["other parameters"]
            if kept.seeds != tuple(module.SEEDS):
                wrong.append("other seeds")
            else:
                wrong += differences(module, kept, runs)
            for message in wrong:
                print(f"  {message}", file=sys.stderr)
            failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
