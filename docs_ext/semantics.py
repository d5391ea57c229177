r"""What a displayed formula means: its TeX is parsed and evaluated.

A small grammar covers the notation of the site and nothing else; what it does not know it rejects,
and so it does what a person could read in two ways (`\log a b`, `a / b c`). Vectors are columns,
`\T` transposes, side by side means product, so a missing transpose or index is an error of shape.
Everything is computed with 120 digits; derivatives are differences of the displayed expression, right
to about 40.

What a symbol means comes from the `where` line of the formula, else from the conventions of the
notation page: `p` is `\sigmoid(z)`, `\vp` is `\softmax(\vz)`, `\Jac` is the matrix of LNK.8, a
symbol with the index k is an entry of the vector of that letter. What remains is free: it is drawn
from its range.

    >>> from docs_ext.semantics import Scope, read
    >>> relation, = read(r"(\pred - y)^2 = \pred^2 - 2 \pred y + y^2")
    >>> scope = Scope({r"\pred": 3, "y": 1})
    >>> [int(scope(side)) for side in relation.sides]
    [4, 4]
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from mpmath import mp, mpf

from docs_ext import DocsError
from docs_ext.formulas import Formula

DIGITS = 120
STEP = mpf(10) ** -20  # of differences: the error of a central one is about STEP squared
SIZES = {"K": 3, "n": 4, "d": 2}  # unless the `where` line says K = 2

GRAMMAR = r"""
start: row | "\\begin{aligned}" row ("\\\\" row)* "\\end{aligned}"
row: expr (relation expr)* | (relation expr)+
relation: "&"? REL
expr: SIGN? term (SIGN term)*
?term: factor | tail | factor mul? term   -> product
!mul: "\\cdot" | "/"
?tail: BIG term                           -> big
     | BIG "_" "{" bounds "}" ("^" "{" expr "}")? term -> big_over
     | FUNCTION BIG term                  -> function_of_big
     | FUNCTION BIG "_" "{" bounds "}" "^" "{" expr "}" term -> function_of_big_over
     | apply BIG term                     -> apply_big
bounds: expr REL expr
?factor: atom ("^" exponent)?             -> power
       | bare
bare: FUNCTION atom ("^" exponent)?
    | FUNCTION FUNCTION group             -> bare_of
    | FUNCTION "_" index atom             -> bare_over
?exponent: NUMBER -> number | name | "{" expr "}" | "{" TRANSPOSE "}" | STAR
?atom: NUMBER                             -> number
     | name | call | group | fraction | derivative | cases | operator
     | FENCE "{" expr (REL expr)* "}"     -> fence
     | "\\sqrt" "{" expr "}"              -> root
     | "\\E" "[" expr "]"                 -> expectation
     | PAIR "{" expr "}" "{" expr "}"     -> pair
     | "\\Int" "{" expr "}" "{" expr "}" "{" expr "}" "{" name "}" -> integral
name: NAME ("_" index)?
index: NUMBER | NAME | "{" (NAME | NUMBER | TEXT | SIGN)+ "}"
call: CALL "(" expr ("," expr)* ")"
group: "(" expr ("," expr)* ")" | "[" expr "]"
fraction: "\\frac" "{" expr "}" "{" expr "}"
derivative: "\\dd" "{" expr "}" "{" name "}"
          | "\\ddd" "{" expr "}" "{" name "}"            -> second
          | "\\ddx" "{" expr "}" "{" name "}" "{" name "}" -> mixed
operator: apply atom ("^" exponent)?
apply: "\\dd" "{" "}" "{" name "}"
     | "\\ddd" "{" "}" "{" name "}"       -> apply_second
     | "\\grad" ("_" "{" name "}")?       -> gradient
     | "\\grad" ("_" "{" name "}")? "^" NUMBER -> hessian
cases: "\\begin{cases}" case ("\\\\" case)* "\\end{cases}"
case: expr "&" ("\\text{if }" expr (REL expr)+ | OTHERWISE)

SIGN: "+" | "-"
REL: "=" | "\\le" | "\\ge" | "<" | ">" | "\\ne" | "\\approx"
STAR: "*"
TRANSPOSE: "\\T"
OTHERWISE: "\\text{otherwise}"
FENCE: "\\abs" | "\\norm" | "\\ind"
PAIR: "\\KL" | "\\CEof"
TEXT: /\\text\{[A-Za-z0-9 ]+\}/
BIG: /\\(sumk|sumi|sumjnec|sumj|meani|sum|prod)(?![a-zA-Z])/
FUNCTION: /\\(log_2|(log|exp|tanh|max|min|sigmoid|softplus|softmax|lse|logit|loneplus|sign|diag|Var|imag)(?![a-zA-Z]))/
CALL.2: /(\\(SE|MSE|AE|BCE|CE|Brier|Huber|Focal|Ent|Prob|loss)|[fghFL])(?=\s*\()/
NAME: /\\(pred|vpred|vz|vp|vq|vt|vy|vw|vx|vf|vu|vv|vone|eps|eta|pi|theta|tau|delta|gamma|alpha|beta|lambda|sigma|mu|Jac|iunit|SE|MSE|AE|BCE|CE|Brier|Huber|Focal|loss)(?![a-zA-Z])/ | /[a-zA-Z]/ | TEXT
NUMBER: /[0-9]+(\.[0-9]+)?/
%ignore /(\s|\\,|\\;|\\:|\\quad)+/
"""

_DELIMITERS = re.compile(r"\\(?:left|right)\s*(?=[()\[\]])")


class Undecided(Exception):
    """An index that no sum binds: the caller tries all its values."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Impossible(Exception):
    """At this point the expression has no value (log 0, 1/0): another point is drawn."""


@dataclass(frozen=True)
class Relation:
    """A line of a formula: sides with the relations between them."""

    sides: tuple[Tree, ...]
    signs: tuple[str, ...]
    line: int


@functools.cache
def _parser(start: str) -> Lark:
    return Lark(GRAMMAR, parser="lalr", start=start, maybe_placeholders=False)


def _parse(tex: str, start: str) -> Tree:
    try:
        return _parser(start).parse(_DELIMITERS.sub("", tex))
    except UnexpectedInput as error:
        text = _DELIMITERS.sub("", tex)
        at = text[max(0, (error.pos_in_stream or 0) - 30) :][:60]
        raise DocsError(f"cannot read the formula at {at!r}") from None


def read(tex: str) -> list[Relation]:
    """The relations of a formula; a line that starts with a relation goes on from the one above."""
    relations: list[Relation] = []
    for number, row in enumerate(_parse(tex, "start").children, start=1):
        sides, signs = map(list, _row(row))
        if sides and len(sides) == len(signs):
            if not relations:
                raise DocsError("the first line starts with a relation")
            sides.insert(0, relations[-1].sides[-1])
        relations.append(Relation(tuple(sides), tuple(signs), number))
    return relations


# --- values -------------------------------------------------------------------------------------

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
            return [float(x) for x in rng.uniform(*bounds, size)]
        if kind == "simplex":
            return [float(x) for x in rng.exponential(1.0, size) + 0.01]
        return [float(x) for x in rng.normal(0.0, 1.5, size)]

    return draw


@dataclass(frozen=True)
class Definition:
    """What a symbol stands for: an expression, perhaps of parameters (a function)."""

    body: Tree
    parameters: tuple[Tree, ...] = ()


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


def _name_of(tree: Tree) -> tuple[str, tuple[str, ...]]:
    """A symbol and its indices: `p_{k}` is ("p", ("k",))."""
    base, *index = tree.children
    return str(base), tuple(str(token) for token in index[0].children) if index else ()


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
        indices = _name_of(Tree("name", [base, *index]))[1]
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
            return self(_parse(DEFAULTS[name], "expr"))
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
                    return list(self(_parse(DEFAULTS[whole], "expr")).ravel())
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
        if first.data in {"bare", "bare_of"} and not sign and not _closed(first):
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
            return self.mean_over(
                symbols(argument), lambda scope: (scope(argument) - mean) ** 2
            )
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
            letter = _only_name(parameter)
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
            name = _only_name(first)
            if sign == r"\ne":
                last, skipped = self.size_of(name), self.index(_only_name(second))
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
        """The mean over the draws that `v ~ \\vp` or `y ~ uniform` declares."""
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
        name, index = _name_of(tree)
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
        one, other = self.variable(first), self.variable(second)
        return self.slope(lambda scope: scope.slope(lambda s: s(of), *one), *other)

    def _second(self, of: Tree, variable: Tree) -> Value:
        return self._mixed(of, variable, variable)

    def _operator(self, operator: Tree, operand: Tree, *exponent: Any) -> Value:
        return self.apply_operator(operator, Tree("power", [operand, *exponent]))

    def _apply_big(self, operator: Tree, *big: Any) -> Value:
        return self.apply_operator(operator, Tree("big", list(big)))

    def apply_operator(self, operator: Tree, of: Tree) -> Value:
        kind, variables = operator.data, [v for v in operator.children if isinstance(v, Tree)]
        if kind == "apply":
            return self._derivative(of, *variables)
        if kind == "apply_second":
            return self._second(of, *variables)
        whole = _name_of(variables[0])[0] if variables else r"\vw"
        if whole not in VECTORS:
            raise DocsError(f"the gradient with respect to the number {whole}")
        key = (VECTORS[whole], self.size_key(VECTORS[whole], whole))
        positions = range(1, self.dims[key[1]] + 1)
        if kind == "gradient":
            return column(self.slope(lambda scope: scope(of), key, a) for a in positions)
        return np.array(
            [
                [self.slope(lambda s, a=a: s.slope(lambda x: x(of), key, a), key, b)
                 for b in positions]
                for a in positions
            ],
            dtype=object,
        )  # fmt: skip

    def _integral(self, low: Tree, high: Tree, integrand: Tree, variable: Tree) -> Value:
        key, _ = self.variable(variable)
        with mp.workdps(40):
            return mp.quad(lambda x: self.inner({key: x})(integrand), [self(low), self(high)])


def _closed(tree: Tree) -> bool:
    """Is the argument of this function in parentheses?"""
    return tree.data == "bare_of" or tree.children[1].data == "group"


def _only_name(tree: Tree) -> str:
    while tree.data != "name":
        if len(tree.children) != 1:
            raise DocsError("an index is expected here")
        tree = tree.children[0]
    return _name_of(tree)[0]


# --- formulas -----------------------------------------------------------------------------------

_RANGE = re.compile(
    r"(?P<name>\S+) \\in (?:\[(?P<low>-?[\d.]+), (?P<high>-?[\d.]+)\]"
    r"|(?P<simplex>\\Delta)|\\Real(?:\^(?P<real>[Knd]))?|1\.\.(?P<index>[Kn]))"
)
_LOSS = re.compile(
    r"(?P<name>\\[A-Za-z]+|[A-Z]) = (?P<id>[A-Z]{2,4}\.[0-9]+)(?:\((?P<given>.*)\))?"
)
_SAMPLE = re.compile(r"(?P<name>\S+) ~ (?P<of>uniform|\\v[a-z])")


@dataclass
class Meaning:
    """The `where` line of a formula, read."""

    definitions: dict[Any, Definition] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)
    samples: dict[str, Tree | None] = field(default_factory=dict)
    conditions: list[Tree] = field(default_factory=list)

    def add(self, item: str, formulas: Mapping[str, Formula]) -> None:
        """Read one item: a range, a definition, a loss by its id, a condition."""
        if match := _RANGE.fullmatch(item):
            name = match["name"]
            if match["index"]:
                self.sizes[name] = match["index"]
            elif match["low"]:
                self.ranges[name] = ("interval", (float(match["low"]), float(match["high"])))
            elif match["simplex"]:
                self.ranges[name] = ("simplex", None)
            else:
                self.ranges[name] = ("real", None)
                if match["real"]:
                    self.sizes[name] = match["real"]
        elif match := _LOSS.fullmatch(item):
            if match["id"] not in formulas:
                raise DocsError(f"there is no formula {match['id']}")
            formula = formulas[match["id"]]
            other = meaning(formula, formulas)
            first = read(formula.tex)[0]
            parameters = tuple(_strip(first.sides[0]).children[1:])
            if _strip(first.sides[0]).data != "call":
                parameters = ()
            self.definitions = {**other.definitions, **self.definitions}
            self.sizes = {**other.sizes, **self.sizes}
            loss = Definition(first.sides[1], parameters)
            if match["given"]:  # \SE = SE.1(p, y): the loss at these arguments
                self.definitions[match["id"]] = loss
                arguments = _parse(f"({match['given']})", "group").children
                loss = Definition(Tree("call", [Token("CALL", match["id"]), *arguments]))
            self.definitions[match["name"]] = loss
        elif match := _SAMPLE.fullmatch(item):
            of = match["of"]
            self.samples[match["name"]] = None if of == "uniform" else _parse(of, "expr")
        else:
            relation = _parse(item, "row")
            sides, signs = _row(relation)
            if signs == ("=",):
                if not self.define(sides[0], sides[1]):
                    raise DocsError(f"cannot read {item!r} as a definition")
            else:
                self.conditions.append(relation)

    def define(self, left: Tree, body: Tree) -> bool:
        """Take `left = body` as a definition; False where left is no symbol."""
        left = _strip(left)
        if left.data == "call":
            self.definitions[str(left.children[0])] = Definition(body, tuple(left.children[1:]))
            return True
        if left.data != "name":
            return False
        name, index = _name_of(left)
        if len(index) == 1 and index[0] in {*INDICES, *self.sizes}:
            size = self.sizes.get(name) or self.sizes.get(index[0]) or INDICES[index[0]]
            self.definitions[name, size] = Definition(body, (Token("NAME", index[0]),))
        else:
            self.definitions[f"{name}_{''.join(index)}" if index else name] = Definition(body)
        return True

    def world(self, draw: Draw) -> World:
        world = World(draw, self.definitions, self.ranges, self.sizes, samples=self.samples)
        for name in SIZES:
            if name in self.definitions:
                world.dims[name] = int(Scope()(self.definitions.pop(name).body))
        return world


def _strip(tree: Tree) -> Tree:
    while tree.data in {"expr", "power"} and len(tree.children) == 1:
        tree = tree.children[0]
    return tree


def meaning(formula: Formula, formulas: Mapping[str, Formula], more: str = "") -> Meaning:
    """What the symbols of a formula stand for; `more` comes after its `where` line."""
    read_ = Meaning()
    for item in f"{formula.where or ''};{more}".split(";"):
        if item.strip():
            read_.add(item.strip(), formulas)
    return read_


@dataclass(frozen=True)
class Compared:
    """One relation at one point: the two sides, and which indices they had."""

    line: int
    sign: str
    left: Value
    right: Value
    indices: tuple[tuple[str, int], ...]

    @property
    def equal(self) -> bool:
        return close(self.left, self.right)

    @property
    def holds(self) -> bool:
        if self.sign == "=":
            return self.equal
        if np.shape(self.left) or np.shape(self.right):
            raise DocsError(f"{self.sign} between vectors")
        return RELATIONS[self.sign](self.left, self.right) or (
            self.sign in {r"\le", r"\ge"} and self.equal
        )


@dataclass(frozen=True)
class Point:
    """A formula at one point."""

    scope: Scope
    compared: list[Compared]
    lasts: list[tuple[tuple[tuple[str, int], ...], Value]]  # the last line: indices and value
    indices: tuple[tuple[str, int], ...] = ()
    last: Value = None


def close(a: Value, b: Value, tolerance: Value = mpf(10) ** -25) -> bool:
    """Equal up to the error of the differences, relative to the larger side (or to 1)."""
    if np.shape(a) != np.shape(b):
        raise DocsError(f"one side has the shape {np.shape(a)}, the other {np.shape(b)}")
    pairs = zip(np.ravel(np.array(a, dtype=object)), np.ravel(np.array(b, dtype=object)), strict=True)
    return all(abs(x - y) <= tolerance * max(abs(x), abs(y), mpf(1)) for x, y in pairs)


def symbols(tree: Tree) -> set[str]:
    """The symbols in an expression, without their indices."""
    return {
        str(part.children[0]) for part in tree.iter_subtrees() if part.data in {"name", "call"}
    }


def lines(formula: Formula, given: Meaning) -> Iterator[tuple[Relation, bool]]:
    """The relations of a formula, and whether the first side of each is what is defined there."""
    about = formula.check or "definition"
    seen: set[str] = set()
    for relation in read(formula.tex):
        left = _strip(relation.sides[0])
        new = False
        if relation.signs[:1] == ("=",) and left.data in {"name", "call"}:
            name, index = _name_of(left) if left.data == "name" else (str(left.children[0]), ())
            if index and not set(index) <= {*INDICES, *given.sizes}:
                name = f"{name}_{''.join(index)}"
            known = {key[0] if isinstance(key, tuple) else key for key in given.definitions}
            if name in known or name in given.ranges or given.sizes.keys() & {name}:
                new = False
            elif relation.line == 1 and about.startswith(("definition", "convention")):
                new = True
            else:
                given_by_notation = name in DEFAULTS or f"\\v{name}" in DEFAULTS
                new = not (given_by_notation or name in seen | {r"\Ent", *INDICES, *LOSSES})
        yield relation, new
        seen |= set().union(*map(symbols, relation.sides))


def everywhere(
    scope: Scope, trees: tuple[Tree, ...], indices: tuple[tuple[str, int], ...] = ()
) -> Iterator[tuple[tuple[tuple[str, int], ...], list[Value]]]:
    """The values of expressions for all values of the indices that no sum binds."""
    try:
        yield indices, [scope(tree) for tree in trees]
    except Undecided as undecided:
        for number in range(1, scope.size_of(undecided.name) + 1):
            inner = scope.inner(indices={undecided.name: number})
            yield from everywhere(inner, trees, (*indices, (undecided.name, number)))


def _row(tree: Tree) -> tuple[tuple[Tree, ...], tuple[str, ...]]:
    """The sides of a relation and its signs."""
    sides = tuple(child for child in tree.children if child.data != "relation")
    signs = tuple(str(c.children[0]) for c in tree.children if c.data == "relation")
    return sides, signs


def evaluate(
    formula: Formula, formulas: Mapping[str, Formula], draw: Draw, more: str = ""
) -> Point:
    """Both sides of every relation of a formula at one point; Impossible where there are none."""
    given = meaning(formula, formulas, more)
    with mp.workdps(DIGITS):
        scope = Scope(world=given.world(draw))
        for name in INDICES:  # `c = 1` fixes an index; `c = \frac{1}{4}` is a number of that name
            if name in given.definitions:
                value = scope(given.definitions.pop(name).body)
                if value == int(value):
                    scope.indices[name] = int(value)
                else:
                    scope.values[name] = value
        compared: list[Compared] = []
        lasts: list[tuple[tuple[tuple[str, int], ...], Value]] = []
        for relation, new in lines(formula, given):
            lasts.clear()
            if new:
                given.define(relation.sides[0], relation.sides[1])
            for indices, values in everywhere(scope, relation.sides):
                if not _allowed(scope.inner(indices=dict(indices)), given.conditions):
                    continue
                pairs = zip(relation.signs, itertools.pairwise(values), strict=True)
                compared += [
                    Compared(relation.line, sign, left, right, indices)
                    for number, (sign, (left, right)) in enumerate(pairs)
                    if not (new and number == 0)
                ]
                lasts.append((indices, values[-1]))
    return Point(scope, compared, lasts)


def _allowed(scope: Scope, conditions: list[Tree]) -> bool:
    """Do the conditions of the `where` line hold? Those with other indices do not count."""
    for condition in conditions:
        sides, signs = _row(condition)
        try:
            values = [scope(side) for side in sides]
        except Undecided:
            continue
        pairs = zip(signs, itertools.pairwise(values), strict=True)
        if not all(RELATIONS[sign](a, b) for sign, (a, b) in pairs):
            return False
    return True
