"""The experiments: records are well-formed, and running the first seed again gives the same.

`make experiments` runs every seed.
"""

import copy
import json
from types import SimpleNamespace

import pytest

from docs_ext import DocsError, experiments
from docs_ext.figures import alt_text, draw, figure_svg
from tests import drawn as pictures

NAMES = experiments.names()
RUN = {"seed": 0, "numbers": {"x, accuracy": 0.5}}
GOOD = {
    "experiment": "noise",
    "parameters": {},
    "runs": [RUN | {"seed": seed} for seed in range(5)],
}


def changed(*path: object, to: object) -> str:
    """GOOD as JSON with one thing changed."""
    data = copy.deepcopy(GOOD)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(data)


BAD = {
    "not JSON": "{",
    "a list": "[]",
    "another key": changed("note", to=1),
    "another experiment": changed("experiment", to="tasks"),
    "parameters that are a list": changed("parameters", to=[]),
    "few runs": changed("runs", to=GOOD["runs"][:4]),
    "run without a seed": changed("runs", 1, to={"numbers": {"x, accuracy": 1}}),
    "seed twice": changed("runs", 1, "seed", to=0),
    "seed that is a text": changed("runs", 1, "seed", to="1"),
    "no numbers": changed("runs", 1, "numbers", to={}),
    "other numbers": changed("runs", 1, "numbers", to={"y, accuracy": 0.5}),
    "number that is a text": changed("runs", 1, "numbers", "x, accuracy", to="0.5"),
    "number that is not finite": changed("runs", 1, "numbers", "x, accuracy", to=float("nan")),
    "number that is a truth value": changed("runs", 1, "numbers", "x, accuracy", to=True),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_record_is_rejected(case: str) -> None:
    with pytest.raises(DocsError, match="record of experiment noise"):
        experiments.parse(BAD[case], "noise")


def test_a_good_record_is_read() -> None:
    found = experiments.parse(json.dumps(GOOD), "noise")
    assert found.seeds == (0, 1, 2, 3, 4)
    assert found.mean("x, accuracy") == 0.5
    with pytest.raises(KeyError, match="y"):
        found["y"]


MODULE = SimpleNamespace(__name__="x", TOLERANCE={"accuracy": 0.01, "rate": None})
CHAOS = SimpleNamespace(**vars(MODULE), CHAOTIC="^x")
NAN = float("nan")


def kept(*accuracies: float) -> experiments.Record:
    runs = tuple({"x, accuracy": a, "x, rate": 1.0} for a in accuracies)
    return experiments.Record("x", {}, tuple(range(len(runs))), runs)


@pytest.mark.parametrize(
    ("fresh", "says"),
    [
        ({"x, accuracy": 0.505, "x, rate": 3.0}, ""),
        ({"x, accuracy": 0.52, "x, rate": 1.0}, "accuracy: 0.52"),
        ({"x, accuracy": NAN, "x, rate": 1.0}, "accuracy: nan"),
        ({"x, accuracy": 0.5}, "x, rate"),
    ],
)
def test_a_difference_beyond_the_tolerance_is_found(fresh: dict[str, float], says: str) -> None:
    found = experiments.differences(MODULE, kept(0.5, 0.9), {0: fresh})
    assert bool(found) == bool(says)
    assert says in "".join(found)


@pytest.mark.parametrize(
    ("accuracies", "says"),
    [
        ((0.70, 0.52, 0.56, 0.58, 0.60), ""),  # other draws of the same kind
        ((0.70,), ""),
        ((-1.0,), "seed 0"),  # no recorded run is near
        ((NAN,), "seed 0"),
        ((0.70, 0.70, 0.70, 0.70, 0.70), "median"),  # each possible, all of them not
    ],
)
def test_chaotic_numbers_are_compared_as_draws(accuracies: tuple[float, ...], says: str) -> None:
    record = kept(0.52, 0.55, 0.57, 0.60, 0.66)
    runs = {n: {"x, accuracy": a, "x, rate": 9.0} for n, a in enumerate(accuracies)}
    found = experiments.differences(CHAOS, record, runs)
    assert bool(found) == bool(says)
    assert says in "".join(found)


def test_a_number_without_tolerance_is_rejected() -> None:
    record = experiments.Record("x", {}, (0,), ({"x, ce": 1.0},))
    with pytest.raises(DocsError, match="no tolerance"):
        experiments.differences(MODULE, record, {0: {"x, ce": 1.0}})


@pytest.mark.parametrize("name", ["network", "none"])
def test_what_is_no_experiment_is_rejected(name: str) -> None:
    with pytest.raises(DocsError, match="no experiment"):
        experiments.record(name)
    with pytest.raises(DocsError, match="no experiment"):
        experiments.load(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_belongs_to_the_program(name: str) -> None:
    module, record = experiments.load(name), experiments.record(name)
    assert record.parameters == experiments.plain(module.PARAMETERS)
    assert record.seeds == tuple(module.SEEDS)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_seed_again(name: str) -> None:
    module, record = experiments.load(name), experiments.record(name)
    seed = record.seeds[0]
    fresh = experiments.fresh_run(name, seed)
    assert not experiments.differences(module, record, {seed: fresh})


@pytest.mark.parametrize("name", NAMES)
def test_chaos_is_the_exception(name: str) -> None:
    """The first seed has numbers that must agree closely; a pattern names some that need not."""
    module, record = experiments.load(name), experiments.record(name)
    chaotic = [key for key in record.runs[0] if experiments.chaotic(module, key)]
    assert bool(chaotic) == hasattr(module, "CHAOTIC")
    assert len(chaotic) < 0.7 * len(record.runs[0])


@pytest.mark.parametrize("name", NAMES)
def test_rates_are_tuned_within_their_grid(name: str) -> None:
    """Each loss has its own rate; in the median over the seeds it is not the largest allowed."""
    module, record = experiments.load(name), experiments.record(name)
    rates = module.PARAMETERS.get("rates")
    chosen = [key for key in record.runs[0] if key.endswith(", rate")]
    assert bool(rates) == bool(chosen)
    for key in chosen:
        assert sorted(record[key])[len(record.seeds) // 2] < max(rates), key


@pytest.mark.parametrize("name", NAMES)
def test_table_and_figure(name: str, request: pytest.FixtureRequest) -> None:
    record = experiments.record(name)
    table = experiments.load(name).table(record).splitlines()
    assert len(table) > 3
    assert len({line.count("|") for line in table}) == 1
    drawing = experiments.ExperimentFigure(f"experiments/{name}")
    assert len(alt_text(drawing)) >= 60
    figure = draw(drawing)
    for axes in figure.axes:
        assert axes.lines
    if request.config.getoption("--update"):
        pictures.write(drawing.name, pictures.shown(figure))
    changed = pictures.unlike(pictures.shown(figure), pictures.record().get(drawing.name, []))
    assert not changed, "look at it, then --update:\n" + "\n".join(changed)
    assert "aria-label=" in figure_svg(drawing)
