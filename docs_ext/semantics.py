r"""What a displayed formula means: its TeX is parsed and evaluated.

What a symbol means comes from the `where` line of the formula, else from the conventions of the
notation page: `p` is `\sigmoid(z)`, `\vp` is `\softmax(\vz)`, `\Jac` is the matrix of LNK.8, a
symbol with the index k is an entry of the vector of that letter. What remains is free: it is drawn
from its range.

    >>> from docs_ext.algebra import Scope
    >>> from docs_ext.grammar import read
    >>> relation, = read(r"(\pred - y)^2 = \pred^2 - 2 \pred y + y^2")
    >>> scope = Scope({r"\pred": 3, "y": 1})
    >>> [int(scope(side)) for side in relation.sides]
    [4, 4]
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from lark import Token, Tree
from mpmath import mp, mpf

from docs_ext import DocsError
from docs_ext.algebra import (
    DEFAULTS,
    DIGITS,
    INDICES,
    LOSSES,
    RELATIONS,
    SIZES,
    Definition,
    Draw,
    Range,
    Scope,
    Undecided,
    Value,
    World,
)
from docs_ext.formulas import Formula
from docs_ext.grammar import Relation, name_of, parse, read, row_of, strip, symbols

TOLERANCE = mpf(10) ** -25

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
            parameters = tuple(strip(first.sides[0]).children[1:])
            if strip(first.sides[0]).data != "call":
                parameters = ()
            self.definitions = {**other.definitions, **self.definitions}
            self.sizes = {**other.sizes, **self.sizes}
            loss = Definition(first.sides[1], parameters)
            if match["given"]:  # \SE = SE.1(p, y): the loss at these arguments
                self.definitions[match["id"]] = loss
                arguments = parse(f"({match['given']})", "group").children
                loss = Definition(Tree("call", [Token("CALL", match["id"]), *arguments]))
            self.definitions[match["name"]] = loss
        elif match := _SAMPLE.fullmatch(item):
            of = match["of"]
            self.samples[match["name"]] = None if of == "uniform" else parse(of, "expr")
        else:
            relation = parse(item, "row")
            sides, signs = row_of(relation)
            if signs == ("=",):
                if not self.define(sides[0], sides[1]):
                    raise DocsError(f"cannot read {item!r} as a definition")
            else:
                self.conditions.append(relation)

    def define(self, left: Tree, body: Tree) -> bool:
        """Take `left = body` as a definition; False where left is no symbol."""
        left = strip(left)
        if left.data == "call":
            self.definitions[str(left.children[0])] = Definition(body, tuple(left.children[1:]))
            return True
        if left.data != "name":
            return False
        name, index = name_of(left)
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


def close(a: Value, b: Value, tolerance: Value = TOLERANCE) -> bool:
    """Equal up to the error of the differences, relative to the larger side (or to 1)."""
    if np.shape(a) != np.shape(b):
        raise DocsError(f"one side has the shape {np.shape(a)}, the other {np.shape(b)}")
    pairs = zip(
        np.ravel(np.array(a, dtype=object)), np.ravel(np.array(b, dtype=object)), strict=True
    )
    return all(abs(x - y) <= tolerance * max(abs(x), abs(y), mpf(1)) for x, y in pairs)


def lines(formula: Formula, given: Meaning) -> Iterator[tuple[Relation, bool]]:
    """The relations of a formula, and whether the first side of each is what is defined there."""
    about = formula.check or "definition"
    seen: set[str] = set()
    for relation in read(formula.tex):
        left = strip(relation.sides[0])
        new = False
        if relation.signs[:1] == ("=",) and left.data in {"name", "call"}:
            name, index = name_of(left) if left.data == "name" else (str(left.children[0]), ())
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
        sides, signs = row_of(condition)
        try:
            values = [scope(side) for side in sides]
        except Undecided:
            continue
        pairs = zip(signs, itertools.pairwise(values), strict=True)
        if not all(RELATIONS[sign](a, b) for sign, (a, b) in pairs):
            return False
    return True
