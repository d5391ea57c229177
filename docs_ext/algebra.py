"""Values of displayed formulas: trees of docs_ext/grammar.py evaluated at a point.

Vectors are columns and side by side means product, so a missing transpose or index is an error of
shape. Everything is computed with 120 digits; derivatives are differences of the displayed
expression, right to about 40.
"""

import functools
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from lark import Token, Tree
from mpmath import mp, mpf

from docs_ext import DocsError
from docs_ext.grammar import closed, name_of, only_name, parse, symbols

DIGITS = 120
STEP = mpf(10) ** -20  # of differences: the error of a central one is about STEP squared
SIZES = {"K": 3, "n": 4, "d": 2}  # unless the `where` line says K = 2


class Undecided(Exception):  # noqa: N818 (no error: the caller goes on)
    """An index that no sum binds: the caller tries all its values."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Impossible(Exception):  # noqa: N818 (no error: another point is drawn)
    """At this point the expression has no value (log 0, 1/0): another point is drawn."""


Value = Any  # a number of mpmath, or a 2-d object array of them: a column is a vector


def column(entries: Any) -> np.ndarray:
    """A vector."""
    return np.array(list(entries), dtype=object).reshape(-1, 1)


def _scalar(value: Value) -> Value:
    """A 1 x 1 matrix is a number."""
    return value[0, 0] if isinstance(value, np.ndarray) and value.shape == (1, 1) else value


def _product(a: Value, b: Value) -> Value:
    a, b = _scalar(a), _scalar(b)
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape[1] != b.shape[0]:
            raise DocsError(f"product of shapes {a.shape} and {b.shape}: is a transpose missing?")
        return _scalar(a @ b)
    return a * b


def _sum(a: Value, b: Value) -> Value:
    if np.shape(a) != np.shape(b):
        raise DocsError(f"sum of shapes {np.shape(a)} and {np.shape(b)}")
    return a + b


def _each(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    """The function of a number, or of every entry of a vector."""

    def applied(value: Value) -> Value:
        if isinstance(value, np.ndarray):
            return column(function(entry) for entry in value.ravel())
        return function(value)

    return applied


def _log(x: Value) -> Value:
    if x == 0 or (mp.im(x) == 0 and mp.re(x) < 0):
        raise Impossible
    return mp.log(x)


def _need_vector(value: Value, name: str) -> np.ndarray:
    if not isinstance(value, np.ndarray) or value.shape[1] != 1:
        raise DocsError(f"{name} takes a vector")
    return value


def _lse(z: Value) -> Value:
    return mp.log(mp.fsum(mp.exp(entry) for entry in _need_vector(z, r"\lse").ravel()))


def _softmax(z: Value) -> Value:
    total = _lse(_need_vector(z, r"\softmax"))
    return column(mp.exp(entry - total) for entry in z.ravel())


def _diag(v: Value) -> Value:
    entries = _need_vector(v, r"\diag").ravel()
    return np.array([[a if i == j else mpf(0) for j in range(len(entries))]
                     for i, a in enumerate(entries)], dtype=object)  # fmt: skip


FUNCTIONS: dict[str, Callable[..., Value]] = {
    r"\log": _each(_log),
    r"\log_2": _each(lambda x: _log(x) / mp.log(2)),
    r"\exp": _each(mp.exp),
    r"\tanh": _each(mp.tanh),
    r"\sigmoid": _each(lambda z: 1 / (1 + mp.exp(-z))),
    r"\softplus": _each(lambda z: mp.log1p(mp.exp(z))),
    r"\logit": _each(lambda p: _log(p) - _log(1 - p)),
    r"\loneplus": _each(lambda x: _log(1 + x)),
    r"\sign": _each(mp.sign),
    r"\imag": mp.im,
    r"\lse": _lse,
    r"\softmax": _softmax,
    r"\diag": _diag,
    r"\max": max,
    r"\min": min,
}

RELATIONS: dict[str, Callable[[Value, Value], bool]] = {
    "=": lambda a, b: a == b,
    r"\le": lambda a, b: a <= b,
    r"\ge": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    r"\ne": lambda a, b: a != b,
}


# --- symbols ------------------------------------------------------------------------------------

INDICES = {"i": "n", "j": "K", "k": "K", "l": "K", "c": "K"}
VECTORS = {  # letter of an entry, of the whole
    r"\vz": "z", r"\vp": "p", r"\vq": "q", r"\vt": "t", r"\vy": "y", r"\vw": "w", r"\vx": "x",
    r"\vf": "f", r"\vu": "u", r"\vv": "v", r"\vpred": r"\pred",
}  # fmt: skip
WHOLE_SIZE = {r"\vpred": "n", r"\vy": "n", r"\vw": "d", r"\vx": "d"}
SIMPLEX = {"q", "t", r"\pi"}  # vectors over the classes that sum to one
UNIT = {"y", "t", r"\eps", r"\eta", r"\alpha", r"\pi"}  # numbers in [0, 1]
POSITIVE = {"w", r"\delta", r"\gamma", r"\tau", r"\beta", r"\lambda", r"\sigma", "h"}
LOSSES = (r"\SE", r"\MSE", r"\AE", r"\BCE", r"\CE", r"\Brier", r"\Huber", r"\Focal")
DEFAULTS = {
    "p": r"\sigmoid(z)",
    r"\vp": r"\softmax(\vz)",
    r"\Jac": r"\diag(\vp) - \vp \vp^{\T}",
}

Range = tuple[str, Any]  # ("real", None), ("interval", (low, high)), ("simplex", None)
Draw = Callable[[Range, int], list[float]]


def random_draw(seed: int) -> Draw:
    """Values drawn at random from their ranges."""
    rng = np.random.default_rng(seed)

    def draw(range_: Range, size: int) -> list[float]:
        kind, bounds = range_
        if kind == "interval":
            return [float(x) for x in rng.uniform(bounds[0], bounds[1], size)]
        if kind == "simplex":
            return [float(x) for x in rng.exponential(1.0, size) + 0.01]
        return [float(x) for x in rng.normal(0.0, 1.5, size)]

    return draw


@dataclass(frozen=True)
class Definition:
    """What a symbol stands for: an expression, perhaps of parameters (a function)."""

    body: Tree
    parameters: tuple[Any, ...] = ()  # names, or the token of an index


@dataclass
class World:
    """One point: what the symbols mean, and the values that were drawn so far."""

    draw: Draw
    definitions: dict[Any, Definition] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)
    dims: dict[str, int] = field(default_factory=lambda: dict(SIZES))
    samples: dict[str, Tree | None] = field(default_factory=dict)  # v ~ \\vp, y ~ uniform
    free: dict[Any, Value] = field(default_factory=dict)

    def range_of(self, letter: str, size: int) -> Range:
        if letter in self.ranges:
            return self.ranges[letter]
        if size > 1 and letter in SIMPLEX:
            return ("simplex", None)
        if letter in UNIT:
            return ("interval", (0.0, 1.0))
        if letter in POSITIVE or (size > 1 and letter == "m"):
            return ("interval", (0.1, 3.0))
        return ("real", None)

    def sample(self, letter: str, size: int = 1) -> list[Value]:
        range_ = self.range_of(letter, size)
        if range_[0] == "exact":
            return [range_[1]] * size
        drawn = [mpf(x) for x in self.draw(range_, size)]
        if range_[0] == "simplex":
            total = mp.fsum(drawn)
            if total == 0:
                raise Impossible
            drawn = [x / total for x in drawn]
        return drawn


class Scope:
    """Evaluates trees at a point. Sums and derivatives open an inner scope that overrides."""

    def __init__(
        self,
        values: Mapping[Any, Value] | None = None,
        world: World | None = None,
        indices: Mapping[str, int] | None = None,
    ) -> None:
        self.values = {k: mpf(v) if isinstance(v, int | float) else v
                       for k, v in (values or {}).items()}  # fmt: skip
        self.world = world or World(random_draw(0))
        self.indices = dict(indices or {})
        self.dims = self.world.dims

    def inner(
        self,
        values: Mapping[Any, Value] | None = None,
        indices: Mapping[str, int] | None = None,
    ) -> "Scope":
        return Scope(
            {**self.values, **(values or {})}, self.world, {**self.indices, **(indices or {})}
        )

    def __call__(self, tree: Tree) -> Value:
        return getattr(self, f"_{tree.data}")(*tree.children)

    # symbols

    def index(self, name: str) -> int:
        if name.isdigit():
            return int(name)
        if name in self.indices:
            return self.indices[name]
        raise Undecided(name)

    def size_of(self, name: str) -> int:
        return self.dims[self.world.sizes.get(name) or INDICES.get(name) or "K"]

    def size_key(self, letter: str, index: str) -> str:
        """The length of a vector, by its declaration, its index or its name."""
        sizes = self.world.sizes
        return (
            sizes.get(letter)
            or sizes.get(index)
            or INDICES.get(index)
            or WHOLE_SIZE.get(index)
            or "K"
        )

    def is_index(self, name: str) -> bool:
        return name in self.indices or name in INDICES or name in self.world.sizes

    def _name(self, base: Token, *index: Tree) -> Value:
        name = str(base)
        indices = name_of(Tree("name", [base, *index]))[1]
        if not indices:
            if self.is_index(name) and name not in self.values:
                return mpf(self.index(name))
            return self.symbol(name)
        if name in VECTORS:  # \vz_i: a row of a matrix, as a vector
            return column(self.entry(VECTORS[name], (*indices, WHOLE_SIZE.get(name, "K"))))
        if all(self.is_index(i) for i in indices):
            return self.entry(name, indices)
        return self.symbol(f"{name}_{''.join(indices)}")

    def symbol(self, name: str) -> Value:
        if name in self.values:
            return self.values[name]
        if name in VECTORS:
            return column(self.vector(VECTORS[name], self.size_key(VECTORS[name], name)))
        if name in self.world.definitions:
            return self(self.world.definitions[name].body)
        if name == r"\iunit":
            return mp.j
        if name == r"\vone":
            return column([mpf(1)] * self.dims["K"])
        if name in self.dims:
            return mpf(self.dims[name])
        if name in {"X", "D"}:
            return self.matrix(name)
        if name in DEFAULTS and name not in self.world.ranges:
            return self(parse(DEFAULTS[name], "expr"))
        if name == r"\pi" and name not in self.world.ranges:
            return +mp.pi
        if name in self.world.free:
            return self.world.free[name]
        if name.startswith((r"\text", *LOSSES)) and name not in self.world.ranges:
            raise DocsError(f"what is {name}? Say it under 'where'")
        self.world.free[name] = self.world.sample(name.partition("_")[0])[0]
        return self.world.free[name]

    def matrix(self, name: str) -> np.ndarray:
        if name == "X":
            rows = [self.entry("x", (str(i + 1), "d")) for i in range(self.dims["n"])]
            return np.array(rows, dtype=object)
        return _diag(column(self.vector("h", "n")))

    def vector(self, letter: str, size: str) -> list[Value]:
        """All entries of a vector whose entries are `letter` with an index."""
        key = (letter, size)
        if key in self.values:
            return list(self.values[key])
        if key in self.world.definitions:
            definition = self.world.definitions[key]
            (index,) = definition.parameters
            return [
                self.inner(indices={str(index): number + 1})(definition.body)
                for number in range(self.dims[size])
            ]
        for whole, of in VECTORS.items():
            if of == letter and self.size_key(letter, whole) == size:
                if whole in self.world.definitions:
                    return list(self(self.world.definitions[whole].body).ravel())
                if whole in DEFAULTS and letter not in self.world.ranges:
                    return list(self(parse(DEFAULTS[whole], "expr")).ravel())
        if key not in self.world.free:
            self.world.free[key] = self.world.sample(letter, self.dims[size])
        return list(self.world.free[key])

    def entry(self, letter: str, indices: tuple[str, ...]) -> Value:
        """z_k, or t_{i k} of a matrix, or the row t_i."""
        if len(indices) == 1:
            (index,) = indices
            size = self.size_key(letter, index)
            number = self.index(index)
            entries = self.vector(letter, size)
            if not 1 <= number <= len(entries):
                raise DocsError(f"{letter}_{index} has no entry {number}")
            return entries[number - 1]
        row, at = indices
        key = (letter, self.index(row), INDICES.get(at, at))
        if key in self.values:
            entries = self.values[key]
        else:
            if key not in self.world.free:
                self.world.free[key] = self.world.sample(letter, self.dims[key[2]])
            entries = self.world.free[key]
        return list(entries) if at in self.dims else entries[self.index(at) - 1]

    # expressions

    def _expr(self, *parts: Token | Tree) -> Value:
        total, sign = None, "+"
        for part in parts:
            if isinstance(part, Token):
                sign = str(part)
                continue
            value = self(part) if sign == "+" else -self(part)
            total = value if total is None else _sum(total, value)
        return total

    def _product(self, first: Tree, *rest: Tree) -> Value:
        sign = str(rest[0].children[0]) if len(rest) == 2 else ""
        second = rest[-1]
        if first.data in {"bare", "bare_of"} and not sign and not closed(first):
            raise DocsError("where does the argument of the function end? Write parentheses")
        if sign != "/":
            return _product(self(first), self(second))
        if second.data == "product":
            raise DocsError("a / b c can be read in two ways")
        divisor = self(second)
        if divisor == 0:
            raise Impossible
        return self(first) / divisor

    def _number(self, number: Token) -> Value:
        return mpf(str(number))

    def _group(self, *entries: Tree) -> Value:
        return self(entries[0]) if len(entries) == 1 else column(map(self, entries))

    def _fraction(self, above: Tree, below: Tree) -> Value:
        divisor = self(below)
        if isinstance(divisor, np.ndarray):
            raise DocsError("division by a vector")
        if divisor == 0:
            raise Impossible
        return self(above) / divisor

    def _power(self, base: Tree, exponent: Tree | Token | None = None) -> Value:
        if exponent is None:
            return self(base)
        if isinstance(exponent, Token) and exponent.type == "STAR":
            return self.symbol(f"{base.children[0]}*")
        value = self(base)
        if isinstance(exponent, Token):
            return _scalar(np.atleast_2d(value).T)
        return self.raised(value, self(exponent))

    def raised(self, value: Value, power: Value) -> Value:
        if isinstance(value, np.ndarray):
            if power == -1 and value.shape[0] == value.shape[1]:
                return np.array(mp.inverse(mp.matrix(value.tolist())).tolist(), dtype=object)
            raise DocsError("a power of a vector")
        if value == 0 and power < 0:
            raise Impossible
        return value**power

    def _root(self, radicand: Tree) -> Value:
        return mp.sqrt(self(radicand))

    def _fence(self, fence: Token, first: Tree, *rest: Any) -> Value:
        if fence == r"\ind":
            if not rest:
                raise DocsError(r"\ind needs a condition")
            return mpf(self.holds([first, *rest]))
        if rest:
            raise DocsError(f"{fence} of a relation")
        value = self(first)
        if fence == r"\norm":
            if value.shape[1] != 1:
                return mp.mnorm(mp.matrix(value.tolist()), 2)
            return mp.sqrt(mp.fsum(entry**2 for entry in value.ravel()))
        if isinstance(value, np.ndarray):
            raise DocsError("the absolute value of a vector")
        return abs(value)

    def holds(self, parts: list[Any]) -> bool:
        sides = [self(part) for part in parts[::2]]
        return all(
            RELATIONS[str(sign)](a, b)
            for sign, (a, b) in zip(parts[1::2], itertools.pairwise(sides), strict=True)
        )

    def _cases(self, *cases: Tree) -> Value:
        for case in cases:
            value, *condition = case.children
            if isinstance(condition[0], Token) or self.holds(condition):
                return self(value)
        raise Impossible

    # functions

    def _bare(self, function: Token, argument: Tree, exponent: Any = None) -> Value:
        if exponent is not None and argument.data != "group":
            raise DocsError(f"{function} of a power without parentheses")
        if function == r"\Var":
            mean = self._expectation(argument)
            return self.mean_over(symbols(argument), lambda scope: (scope(argument) - mean) ** 2)
        arguments = argument.children if argument.data == "group" else [argument]
        if function in {r"\max", r"\min"}:
            value = FUNCTIONS[function](map(self, arguments))
        elif len(arguments) != 1:
            raise DocsError(f"{function} takes one argument")
        else:
            value = FUNCTIONS[function](self(arguments[0]))
        return value if exponent is None else self.raised(value, self(exponent))

    def _bare_of(self, outer: Token, inner: Token, group: Tree) -> Value:
        return FUNCTIONS[outer](self._bare(inner, group))

    def _bare_over(self, function: Token, index: Tree, argument: Tree) -> Value:
        name = str(index.children[0])
        if function not in {r"\max", r"\min"}:
            raise DocsError(f"{function} over an index")
        return FUNCTIONS[function](
            self.inner(indices={name: number})(argument)
            for number in range(1, self.size_of(name) + 1)
        )

    def _call(self, name: Token, *arguments: Tree) -> Value:
        values = [self(argument) for argument in arguments]
        if name == r"\Ent":
            return -mp.fsum(p * _log(p) for p in _need_vector(values[0], r"\Ent").ravel())
        return self.apply(str(name), values)

    def apply(self, name: str, values: list[Value]) -> Value:
        """Call a function that the `where` line defines, or a loss that it names."""
        definition = self.world.definitions.get(name)
        if definition is None or len(definition.parameters) != len(values):
            raise DocsError(f"what is {name} of {len(values)} arguments? Say it under 'where'")
        bound: dict[Any, Value] = {}
        indices: dict[str, int] = {}
        for parameter, value in zip(definition.parameters, values, strict=True):
            letter = only_name(parameter)
            if self.is_index(letter):
                indices[letter] = int(value)
            elif (letter in VECTORS) != isinstance(value, np.ndarray):
                raise DocsError(f"{name}: the argument for {letter} is of the wrong kind")
            elif letter in VECTORS:
                bound[VECTORS[letter], self.size_key(VECTORS[letter], letter)] = list(value.ravel())
            else:
                bound[letter] = value
        return self.inner(bound, indices)(definition.body)

    def _pair(self, name: Token, first: Tree, second: Tree) -> Value:
        p, q = (_need_vector(self(side), name).ravel() for side in (first, second))
        if name == r"\CEof":
            return -mp.fsum(a * _log(b) for a, b in zip(p, q, strict=True))
        return mp.fsum(a * (_log(a) - _log(b)) for a, b in zip(p, q, strict=True))

    # sums

    def _big(self, kind: Token, term: Tree) -> Value:
        if kind in {r"\sumi", r"\meani"}:
            terms = self.over("i", self.dims["n"], term)
        elif kind in {r"\sumk", r"\sumj"}:
            terms = self.over(kind[-1], self.dims["K"], term)
        elif kind == r"\sumjnec":
            terms = self.over("j", self.dims["K"], term, lambda scope: scope.index("c"))
        else:
            raise DocsError(f"{kind} over what?")
        total = functools.reduce(_sum, terms)
        return total / self.dims["n"] if kind == r"\meani" else total

    def over(
        self, index: str, last: int, term: Tree, but: Callable[["Scope"], int] | None = None
    ) -> list[Value]:
        skipped = but(self) if but else 0
        return [
            self.inner(indices={index: number})(term)
            for number in range(1, last + 1)
            if number != skipped
        ]

    def _big_over(self, kind: Token, bounds: Tree, *rest: Tree) -> Value:
        first, sign, second = bounds.children
        term = rest[-1]
        if sign == ">":  # over the classes where a condition holds
            terms = [
                self.inner(indices={"k": number})(term)
                for number in range(1, self.dims["K"] + 1)
                if self.inner(indices={"k": number}).holds(bounds.children)
            ]
        else:
            name = only_name(first)
            if sign == r"\ne":
                last, skipped = self.size_of(name), self.index(only_name(second))
                start = 1
            else:
                start, last, skipped = int(self(second)), int(self(rest[0])), 0
            terms = [
                self.inner(indices={name: number})(term)
                for number in range(start, last + 1)
                if number != skipped
            ]
        if kind == r"\sum":
            return functools.reduce(_sum, terms)
        if kind == r"\prod":
            return mp.fprod(terms)
        raise DocsError(f"{kind} has its range already")

    def _function_of_big(self, function: Token, *big: Any) -> Value:
        return FUNCTIONS[function](self._big(*big))

    def _function_of_big_over(self, function: Token, *big: Any) -> Value:
        return FUNCTIONS[function](self._big_over(*big))

    def _expectation(self, inside: Tree) -> Value:
        return self.mean_over(symbols(inside), lambda scope: scope(inside))

    def mean_over(self, names: set[str], value: Callable[["Scope"], Value]) -> Value:
        r"""The mean over the draws that `v ~ \vp` or `y ~ uniform` declares."""
        random = [name for name in self.world.samples if name in names]
        if len(random) != 1:
            raise DocsError("the mean over what? Say `v ~ \\vp` or `y ~ uniform` under 'where'")
        (name,) = random
        weights = self.world.samples[name]
        if weights is None:
            values = self.vector(name, "n")
            share = [mpf(1) / len(values)] * len(values)
        else:
            values = self.vector(name, "K")
            share = list(self(weights).ravel())
        return mp.fsum(
            w * value(self.inner({name: entry})) for w, entry in zip(share, values, strict=True)
        )

    # derivatives

    def variable(self, tree: Tree) -> tuple[Any, int]:
        """Where the value of a variable is kept: its key, and its position in a vector or 0."""
        name, index = name_of(tree)
        if name in VECTORS:
            raise DocsError(f"derivative with respect to the vector {name}: use \\grad")
        if index and all(self.is_index(i) for i in index):
            (at,) = index
            return (name, self.size_key(name, at)), self.index(at)
        return (f"{name}_{''.join(index)}" if index else name), 0

    def moved(self, key: Any, position: int, by: Value) -> "Scope":
        """The same point with one variable moved; what depends on it moves along."""
        if not position:
            return self.inner({key: self.symbol(key) + by})
        entries = self.vector(*key)
        entries[position - 1] += by
        return self.inner({key: entries})

    def slope(self, of: Callable[["Scope"], Value], key: Any, position: int) -> Value:
        there, back = of(self.moved(key, position, STEP)), of(self.moved(key, position, -STEP))
        return (there - back) / (2 * STEP)

    def _derivative(self, of: Tree, variable: Tree) -> Value:
        return self.slope(lambda scope: scope(of), *self.variable(variable))

    def _mixed(self, of: Tree, first: Tree, second: Tree) -> Value:
        return self._crossed(of, self.variable(first), self.variable(second))

    def _crossed(self, of: Tree, one: tuple[Any, int], other: tuple[Any, int]) -> Value:
        return self.slope(lambda scope: scope.slope(lambda s: s(of), *one), *other)

    def _second(self, of: Tree, variable: Tree) -> Value:
        return self._mixed(of, variable, variable)

    def _operator(self, operator: Tree, operand: Tree, *exponent: Any) -> Value:
        return self.apply_operator(operator, Tree("power", [operand, *exponent]))

    def _apply_big(self, operator: Tree, *big: Any) -> Value:
        return self.apply_operator(operator, Tree("big", list(big)))

    def apply_operator(self, operator: Tree, of: Tree) -> Value:
        if operator.data == "hessian" and operator.children[-1] != "2":
            raise DocsError("a derivative of third or higher order")
        kind, variables = operator.data, [v for v in operator.children if isinstance(v, Tree)]
        if kind == "apply":
            return self._derivative(of, *variables)
        if kind == "apply_second":
            return self._second(of, *variables)
        whole = name_of(variables[0])[0] if variables else r"\vw"
        if whole not in VECTORS:
            raise DocsError(f"the gradient with respect to the number {whole}")
        key = (VECTORS[whole], self.size_key(VECTORS[whole], whole))
        positions = range(1, self.dims[key[1]] + 1)
        if kind == "gradient":
            return column(self.slope(lambda scope: scope(of), key, a) for a in positions)
        rows = [[self._crossed(of, (key, a), (key, b)) for b in positions] for a in positions]
        return np.array(rows, dtype=object)

    def _integral(self, low: Tree, high: Tree, integrand: Tree, variable: Tree) -> Value:
        key, _ = self.variable(variable)
        with mp.workdps(40):
            return mp.quad(lambda x: self.inner({key: x})(integrand), [self(low), self(high)])
