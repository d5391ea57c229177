"""Displayed formulas are true: their TeX is read, evaluated and compared, line by line.

Provenance of expected values: the other side of the displayed relation, with 120 digits of mpmath;
for the formulas that lossref implements, lossref; for derivatives, differences of the displayed
definition that the `where` line names.
"""

import ast
import doctest
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

import lossref
from docs_ext import DOCS, DocsError, semantics
from docs_ext.algebra import DIGITS, Draw, Impossible, Range, Scope, random_draw
from docs_ext.formulas import Formula, all_formulas
from docs_ext.grammar import read
from docs_ext.semantics import Point, close, evaluate, everywhere
from docs_ext.snippets import all_snippets

FORMULAS = all_formulas()
READ = {id: formula for id, formula in FORMULAS.items() if not formula.uncomputed}
INEQUALITIES = {r"\le", r"\ge"}
POINTS = 3


def _points(formula: Formula, more: str = "", number: int = POINTS) -> list[Point]:
    """The formula at random points where it has a value; more of them where there are cases."""
    if "cases" in formula.tex or r"\min" in formula.tex:
        number *= 5
    found: list[Point] = []
    for seed in range(200):
        try:
            found.append(evaluate(formula, FORMULAS, random_draw(seed), more))
        except Impossible:
            continue
        if len(found) == number:
            return found
    raise AssertionError(f"{formula.id} on {formula.page}: no point where it has a value")


def _text(value: object) -> str:
    return mp.nstr(mp.matrix(value.tolist()) if isinstance(value, np.ndarray) else value, 12)


def check_lines(formula: Formula) -> None:
    """Every line equals (or bounds) the expression before it, at random points."""
    for point in _points(formula):
        for step in point.compared:
            if step.sign == r"\approx" or formula.equivalent:
                continue
            assert step.holds, (
                f"{formula.id} on {formula.page}, line {step.line}: "
                f"{_text(step.left)} {step.sign} {_text(step.right)} is false"
                + (f" for {dict(step.indices)}" if step.indices else "")
            )


def _python(name: str, point: Point) -> object:
    """The value of a name in a `computed` line: z, z_k (over classes), z_i (examples), t_ik, c."""
    scope = point.scope
    base, _, index = name.partition("_")
    letter = base if len(base) == 1 else f"\\{base}"
    if name == "c":
        return dict(point.indices)["c"] - 1
    with mp.workdps(DIGITS):
        if index in {"k", "i"}:
            values = scope.vector(letter, {"k": "K", "i": "n"}[index])
            return np.array([float(value) for value in values])
        if index == "ik":
            rows = range(1, scope.dims["n"] + 1)
            matrix = [scope.entry(letter, (str(row), "K")) for row in rows]
            return np.array(matrix, dtype=float)
        return float(scope.symbol(f"{letter}_{index}" if index else letter))


def check_function(formula: Formula) -> None:
    """The last line is what lossref computes."""
    assert formula.computed
    code = ast.parse(formula.computed, mode="eval")
    bound = {arg.arg for node in ast.walk(code) if isinstance(node, ast.Lambda)
             for arg in node.args.args}  # fmt: skip
    names = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)} - bound
    assert not formula.implements or formula.implements in names
    for point in _last_lines(formula):
        known = {
            name: getattr(lossref, name) if name in lossref.__all__ else _python(name, point)
            for name in names
        }
        got = eval(compile(code, formula.id, "eval"), dict(known))
        for index, number in point.indices:
            got = got if index in names else got[number - 1]
        shown = np.array(point.last, dtype=float)
        shown = shown.ravel() if shown.ndim == 2 and shown.shape[1] == 1 else shown
        np.testing.assert_allclose(
            got,
            shown,
            rtol=1e-12,
            atol=1e-13,
            err_msg=f"{formula.id} on {formula.page} is not what {formula.computed} returns",
        )


def check_all(formula: Formula) -> None:
    """Every line follows and the last is what lossref computes."""
    check_lines(formula)
    if formula.computed:
        check_function(formula)


def _last_lines(formula: Formula) -> list[Point]:
    """The last expression, at random points and for all values of its indices."""
    return [
        replace(point, last=value, indices=indices)
        for point in _points(formula)
        for indices, value in point.lasts
    ]


@pytest.mark.parametrize("id", READ)
def test_every_line_follows(id: str) -> None:
    check_lines(READ[id])


@pytest.mark.parametrize("id", [id for id, formula in READ.items() if formula.computed])
def test_lossref_computes_it(id: str) -> None:
    check_function(READ[id])


def test_nothing_is_unchecked() -> None:
    """Each formula is compared with itself, with lossref, or with a snippet that is on a page."""
    snippets = {snippet.name for snippet in all_snippets()}
    for id, formula in FORMULAS.items():
        where = f"{id} on {formula.page}"
        if formula.instead and formula.instead not in FORMULAS:
            assert formula.instead in snippets, f"{where}: no snippet {formula.instead}"
        if formula.uncomputed:
            continue
        compared = _points(formula, number=1)[0].compared
        assert compared or formula.computed or formula.instead, f"{where}: nothing is compared"
        assert formula.computed or formula.instead or not formula.implements, (
            f"{where}: add the call under 'computed'"
        )


@pytest.mark.parametrize(
    "id",
    [
        id
        for id, formula in FORMULAS.items()
        if re.search(r"(?<!_and)_(grad|hess)$", formula.implements or "")
    ],
)
def test_a_derivative_is_one_of_a_displayed_definition(id: str) -> None:
    formula = FORMULAS[id]
    if formula.implements in lossref.__all__ and "information" in formula.page:
        assert r"\dd{\KL{\vp}{\vq}}" in formula.tex  # the definition has a macro of its own
        return
    named = re.search(r"(\\[A-Za-z]+) = ([A-Z]{2,4}\.\d+)", formula.where or "")
    assert named, f"{id}: 'where' does not say which definition this is the derivative of"
    derivative = rf"(\\dd+x?|\\grad_\{{\\v[a-z]\}}(\^2)?) ?\{{?{re.escape(named[1])}(?![A-Za-z])"
    assert re.search(derivative, formula.tex), f"{id}: {named[1]} is not differentiated"


# --- bounds -------------------------------------------------------------------------------------


def _has_bound(formula: Formula) -> bool:
    signs = {sign for relation in read(formula.tex) for sign in relation.signs}
    return bool(signs & INEQUALITIES) and not formula.equivalent


BOUNDS = {id: formula for id, formula in READ.items() if _has_bound(formula)}


def _search(data: st.DataObject) -> Draw:
    """Values as hypothesis chooses them: ends of ranges, zeros, large numbers."""

    def draw(range_: Range, size: int) -> list[float]:
        kind, bounds = range_
        low, high = {"real": (-8.0, 8.0), "simplex": (0.0, 1.0)}.get(kind, bounds)
        return [data.draw(st.floats(low, high, allow_subnormal=False)) for _ in range(size)]

    return draw


@pytest.mark.parametrize("id", BOUNDS)
def test_no_counterexample(id: str) -> None:
    formula = BOUNDS[id]

    @settings(max_examples=40, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.data())
    def search(data: st.DataObject) -> None:
        try:
            compared = evaluate(formula, FORMULAS, _search(data)).compared
        except Impossible:
            assume(False)
        for step in compared:
            if step.sign in INEQUALITIES:
                assert step.holds, f"{id} on {formula.page}, line {step.line} is not a bound"

    search()


def meet(a: object, b: object, tolerance: object) -> bool:
    """Equal relative to the larger side however small it is; beside an exact 0, to 1."""
    pairs = list(zip(np.ravel(np.array(a, object)), np.ravel(np.array(b, object)), strict=True))
    return all(abs(x - y) <= tolerance * (max(abs(x), abs(y)) if x and y else 1) for x, y in pairs)


@pytest.mark.parametrize("id", BOUNDS)
def test_the_bound_is_attained(id: str) -> None:
    """At the points that the page names, so that no smaller constant would do."""
    formula = BOUNDS[id]
    assert formula.attained or formula.approached or formula.strict, f"{id}: where is it tight?"
    tight: set[tuple[int, int]] = set()
    bounds: set[tuple[int, int]] = set()
    places = [(place, mpf(10) ** -25) for place in (formula.attained or "").split("|")]
    places += [(place, mpf(10) ** -9) for place in (formula.approached or "").split("|")]
    for place, tolerance in places:
        if not place.strip():
            continue
        for point in _points(formula, place, number=1):
            for number, step in enumerate(point.compared):
                if step.sign in INEQUALITIES:
                    key = (step.line, 0 if step.indices else number)
                    bounds.add(key)
                    if meet(step.left, step.right, tolerance):
                        tight.add(key)
            here = [s for s in point.compared if s.sign in INEQUALITIES]
            assert any(meet(s.left, s.right, tolerance) for s in here), (
                f"{id} on {formula.page}: no bound is tight at {place.strip()}"
            )
    assert formula.strict or bounds == tight, (
        f"{id} on {formula.page}: the bound in line {min(bounds - tight)[0]} is not attained"
    )


# --- approximations and equivalences ------------------------------------------------------------


@pytest.mark.parametrize("id", [id for id, f in READ.items() if r"\approx" in f.tex])
def test_an_approximation_has_the_order_that_it_claims(id: str) -> None:
    """Ten times closer, the error falls by ten to the power of the order."""
    formula = READ[id]
    assert formula.error, f"{id}: how fast do the two sides meet? Say `error: h^2`"
    variable, _, order = formula.error.partition("^")
    errors = []
    for size in ("0.001", "0.0001"):
        (point,) = _points(formula, f"{variable} = {size}", number=1)
        errors.append([abs(s.left - s.right) for s in point.compared if s.sign == r"\approx"])
    for far, near in zip(*errors, strict=True):
        assert far > 0, f"{id}: the two sides are equal"
        assert near < far * mpf(10) ** -int(order) * 2, f"{id}: the error is not of this order"


@pytest.mark.parametrize("id", [id for id, f in READ.items() if f.equivalent])
def test_the_lines_hold_together(id: str) -> None:
    formula = READ[id]
    seen = set()
    for point in _points(formula, number=40):
        truths = {step.holds for step in point.compared}
        assert len(truths) == 1, f"{id} on {formula.page}: one line holds and another does not"
        seen |= truths
    assert seen == {True, False}, f"{id}: no point decides it"


# --- what must be rejected ----------------------------------------------------------------------

UNREADABLE = {
    "unknown command": r"\foo{y} = 1",
    "unknown operator": r"a \pm b = 1",
    "open bracket": r"2 (a - b = 1",
    "open brace": r"\frac{1}{2 = 1",
    "two exponents": r"a^2^3 = 1",
    "empty": r"",
    "sum over an index alone": r"\sum_{k} p_k = 1",
    "an integral without macro": r"\int f \, dz = 1",
    "raw text": r"\text{loss = 1",
}
MEANINGLESS = {
    "argument without end": r"\log a b = 1",
    "power of an argument": r"\log p^2 = 1",
    "a / b c": r"a / b c = 1",
    "missing transpose": r"\vp \vp = 1",
    "vector plus number": r"\vp - 1 = 0",
    "number equals vector": r"\sumk p_k = \vp",
    "division by a vector": r"\frac{1}{\vp} = 1",
    "power of a vector": r"\vp^2 = 1",
    "absolute value of a vector": r"\abs{\vp} = 1",
    "loss that is not named": r"\dd{\SE}{z} = 1",
    "function that is not defined": r"f(z) = g(z)",
    "sum over what": r"\sum p_k = 1",
    "derivative in a vector": r"\dd{\lse(\vz)}{\vz} = \vp",
    "gradient in a number": r"\grad_{p} p = 1",
    "vector to a function of numbers": r"\lse(z) = z",
    "bound between vectors": r"\vp \le \vone",
    "mean over nothing": r"\E[v] = 1",
    "norm of a relation": r"\norm{a = b} = 1",
    "third derivative": r"\grad_{\vz}^3 \lse(\vz) = 1",
    "indicator of no condition": r"\ind{a} = 1",
    "two arguments to exp": r"\exp(a, b) = 1",
}


def _formula(tex: str, **more: str) -> Formula:
    return Formula(id="XX.1", meaning="m", tex=tex, implements=None, check="identity", **more)


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_the_grammar_does_not_know_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        read(UNREADABLE[case])


@pytest.mark.parametrize("case", MEANINGLESS)
def test_what_has_no_one_meaning_is_rejected(case: str) -> None:
    with pytest.raises(DocsError):
        [step.holds for step in _points(_formula(MEANINGLESS[case]))[0].compared]


@pytest.mark.parametrize(
    "where",
    [r"\SE = SE.999", r"p \in \Foo", "v ~ \\foo", r"\sumk p_k = 1", "p p", r"\BCE = BCE.1(p)"],
)
def test_a_where_line_that_cannot_be_read_is_rejected(where: str) -> None:
    with pytest.raises(DocsError):
        _points(_formula(r"\dd{\BCE}{z} = \E[v]", where=where))


# A formula of the site, what is changed in it, and the check that must see it.
FAULTS = {
    "factor 2 lost in a gradient": ("SE.2", "&= 2 (\\pred - y)\n", "&= (\\pred - y)\n"),
    "factor 2 lost in a middle step": ("SE.8", r"&= 2 (p - y) \cdot", r"&= (p - y) \cdot"),
    "minus sign lost in a definition": ("SCE.1", r"= -\sumk", r"= \sumk"),
    "minus sign lost in a binary loss": ("BCE.1", r"= -y \log p", r"= y \log p"),
    "hat lost": ("SE.1", r"(\pred - y)^2", r"(y - y)^2"),
    "target and prediction swapped": ("BCE.5", r"&= \sigmoid(z) - y", r"&= y - \sigmoid(z)"),
    "index changed": ("SE.11", r"&= 2 p_j (p_j - t_j) -", r"&= 2 p_j (p_j - t_k) -"),
    "bracket moved": ("SE.5", r"\frac{2}{n} (\pred_i - y_i)", r"\frac{2}{n} \pred_i - y_i"),
    "square lost": ("SE.13", r"(p_k - t_k)^2", r"(p_k - t_k)"),
    "entropy without minus": ("INF.1", r"-\sumk p_k", r"\sumk p_k"),
    "divergence turned round": ("INF.2", r"\frac{p_k}{q_k}", r"\frac{q_k}{p_k}"),
    "Jacobian without minus": ("LNK.8", r"\diag(\vp) - \vp", r"\diag(\vp) + \vp"),
    "Hessian with the wrong sign": ("SE.12", r"- \vu \vp^{\T} - \vp", r"- \vu \vp^{\T} + \vp"),
    "case turned round": ("VAR.1", r"\le \delta", r"> \delta"),
    "a branch of the cases": ("VAR.1", r"- \frac{\delta}{2}", r"+ \frac{\delta}{2}"),
    "sum over the wrong classes": ("SCE.12", r"1 + \sumjnec", r"1 + \sumj"),
    "weights forgotten in a mean": ("RED.1", "}{\\sumi w_i}", "}{n}"),
    "exponent of focal loss": ("VAR.3", r"y (1 - p)^{\gamma}", r"y p^{\gamma}"),
    "smoothing over K - 1": ("VAR.5", r"\frac{\eps}{K}", r"\frac{\eps}{K - 1}"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_in_a_formula_is_caught(case: str) -> None:
    id, old, new = FAULTS[case]
    formula = FORMULAS[id]
    assert formula.tex.count(old) == 1, "the table is out of date"
    faulty = replace(formula, tex=formula.tex.replace(old, new))
    with pytest.raises((AssertionError, DocsError)) as caught:
        check_all(faulty)
    assert id in str(caught.value)


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("SE.18", r"&= \frac{8}{27}", r"&= \frac{4}{27}"),
        ("SE.18", r"&\le 2 \left(", r"&\le 3 \left("),
        ("BCE.21", r"\frac{1}{4}" + "\n\\end", r"\frac{1}{2}" + "\n\\end"),
        ("BCE.21", r"\frac{1}{4}" + "\n\\end", r"\frac{1}{5}" + "\n\\end"),
        ("SE.27", r"\le 2 \exp(-z)", r"\le 3 \exp(-z)"),  # sides that fade together
        ("GRD.17", r"4 \norm{\vp - \vt}", r"5 \norm{\vp - \vt}"),
        ("BCE.24", r"\le \frac{1 - p}{p}", r"\le 2 \cdot \frac{1 - p}{p}"),
    ],
)
def test_a_changed_bound_is_caught(
    id: str, old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BOUNDS[id].tex.count(old) == 1, "the table is out of date"
    monkeypatch.setitem(BOUNDS, id, replace(BOUNDS[id], tex=BOUNDS[id].tex.replace(old, new)))

    def check() -> None:
        check_lines(BOUNDS[id])
        test_no_counterexample(id)
        test_the_bound_is_attained(id)

    with pytest.raises(AssertionError):
        check()


def test_a_place_where_no_bound_is_tight_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BOUNDS, "SE.24", replace(BOUNDS["SE.24"], attained=r"\pred = 2 y"))
    with pytest.raises(AssertionError, match="no bound is tight"):
        test_the_bound_is_attained("SE.24")


def test_differences_are_derivatives() -> None:
    """Of exp at 1, whose derivatives are all e; of z y, whose mixed one is 1."""
    with mp.workdps(DIGITS):
        scope = Scope({"z": 1, "y": 1})
        e = mp.e
        for tex in (r"\dd{\exp(z)}{z} = 1", r"\ddd{\exp(z)}{z} = 1"):
            assert close(scope(read(tex)[0].sides[0]), e)
        assert close(scope(read(r"\ddx{z y}{z}{y} = 1")[0].sides[0]), mpf(1))


def test_vectors_are_equal_in_every_entry() -> None:
    assert close(np.array([mpf(1), mpf(2)]), np.array([mpf(1), mpf(2)]))
    assert not close(np.array([mpf(1), mpf(2)]), np.array([mpf(1), mpf(3)]))


def test_the_example_of_the_module() -> None:
    result = doctest.testmod(semantics)
    assert (result.failed, result.attempted > 3) == (0, True)


# --- formulas in tables -------------------------------------------------------------------------

CELL = re.compile(r"(?<=[|:;] )\$([^$]+)\$, \[([A-Z]+\.\d+)\]\[\]")
CELLS = sorted(
    {
        (match[2], match[1], path.relative_to(DOCS).as_posix())
        for path in DOCS.rglob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
        for match in CELL.finditer(line)
    }
)


def check_cell(id: str, tex: str) -> None:
    """What a table writes before the id of a formula is one of the sides of that formula."""
    formula = FORMULAS[id]
    (relation,) = read(tex)
    assert not relation.signs, f"{tex} before {id}: a relation"
    (point,) = _points(formula, number=1)
    with mp.workdps(DIGITS):
        cell = {frozenset(indices): value
                for indices, (value,) in everywhere(point.scope, relation.sides)}  # fmt: skip
    sides = [{frozenset(indices): value for indices, value in point.lasts}]
    for line in {step.line for step in point.compared}:
        steps = [step for step in point.compared if step.line == line]
        sides += [{frozenset(s.indices): s.left for s in steps},
                  {frozenset(s.indices): s.right for s in steps}]  # fmt: skip
    assert any(
        side.keys() == cell.keys()
        and all(np.shape(side[k]) == np.shape(cell[k]) and close(side[k], cell[k]) for k in cell)
        for side in sides
    ), f"{tex} is no side of {id}"


@pytest.mark.parametrize(("id", "tex", "page"), CELLS)
def test_a_formula_in_a_table_is_the_one_that_it_names(id: str, tex: str, page: str) -> None:
    check_cell(id, tex)


@pytest.mark.parametrize(
    ("id", "tex"),
    [("SE.2", r"(\pred - y)"), ("SCE.5", r"\vt - \vp"), ("BCE.5", "p"), ("SE.8", "2 (p - y) p")],
)
def test_another_formula_in_a_table_is_rejected(id: str, tex: str) -> None:
    with pytest.raises(AssertionError, match="no side"):
        check_cell(id, tex)
