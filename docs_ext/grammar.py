"""The grammar of the displayed formulas: TeX in, a tree out.

It covers the notation of the site and nothing else; what it does not know it rejects.
"""

import functools
import re
from dataclasses import dataclass

from lark import Lark, Tree
from lark.exceptions import UnexpectedInput

from docs_ext import DocsError

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
FUNCTION: /\\(log_2|(FUNCTIONS)(?![a-zA-Z]))/
CALL.2: /(\\(LOSSES|Ent|Prob)|[fghFL])(?=\s*\()/
NAME: /\\(SYMBOLS|LOSSES)(?![a-zA-Z])/ | /[a-zA-Z]/ | TEXT
NUMBER: /[0-9]+(\.[0-9]+)?/
%ignore /(\s|\\,|\\;|\\:|\\quad)+/
"""

_COMMANDS = {
    "FUNCTIONS": "log exp tanh max min sigmoid softplus softmax lse logit loneplus sign diag "
    "Var imag",
    "LOSSES": "SE MSE AE BCE CE Brier Huber Focal loss",
    "SYMBOLS": "pred vpred vz vp vq vt vy vw vx vf vu vv vone Jac iunit "
    "eps eta pi theta tau delta gamma alpha beta lambda sigma mu",
}
for _kind, _names in _COMMANDS.items():
    GRAMMAR = GRAMMAR.replace(_kind, _names.replace(" ", "|"))

_DELIMITERS = re.compile(r"\\(?:left|right)\s*(?=[()\[\]])")


@dataclass(frozen=True)
class Relation:
    """A line of a formula: sides with the relations between them."""

    sides: tuple[Tree, ...]
    signs: tuple[str, ...]
    line: int


@functools.cache
def _parser(start: str) -> Lark:
    return Lark(GRAMMAR, parser="lalr", start=start, maybe_placeholders=False)


def parse(tex: str, start: str) -> Tree:
    try:
        return _parser(start).parse(_DELIMITERS.sub("", tex))
    except UnexpectedInput as error:
        text = _DELIMITERS.sub("", tex)
        at = text[max(0, (error.pos_in_stream or 0) - 30) :][:60]
        raise DocsError(f"cannot read the formula at {at!r}") from None


def read(tex: str) -> list[Relation]:
    """The relations of a formula; a line that starts with a relation goes on from the one above."""
    relations: list[Relation] = []
    for number, row in enumerate(parse(tex, "start").children, start=1):
        left, between = row_of(row)
        sides, signs = list(left), list(between)
        if sides and len(sides) == len(signs):
            if not relations:
                raise DocsError("the first line starts with a relation")
            sides.insert(0, relations[-1].sides[-1])
        relations.append(Relation(tuple(sides), tuple(signs), number))
    return relations


def name_of(tree: Tree) -> tuple[str, tuple[str, ...]]:
    """A symbol and its indices: `p_{k}` is ("p", ("k",))."""
    base, *index = tree.children
    return str(base), tuple(str(token) for token in index[0].children) if index else ()


def strip(tree: Tree) -> Tree:
    while tree.data in {"expr", "power"} and len(tree.children) == 1:
        tree = tree.children[0]
    return tree


def row_of(tree: Tree) -> tuple[tuple[Tree, ...], tuple[str, ...]]:
    """The sides of a relation and its signs."""
    sides = tuple(child for child in tree.children if child.data != "relation")
    signs = tuple(str(c.children[0]) for c in tree.children if c.data == "relation")
    return sides, signs


def closed(tree: Tree) -> bool:
    """Whether the argument of a function is in parentheses."""
    return tree.data == "bare_of" or tree.children[1].data == "group"


def only_name(tree: Tree) -> str:
    while tree.data != "name":
        if len(tree.children) != 1:
            raise DocsError("an index is expected here")
        tree = tree.children[0]
    return name_of(tree)[0]


def symbols(tree: Tree) -> set[str]:
    """The symbols in an expression, without their indices."""
    return {str(part.children[0]) for part in tree.iter_subtrees() if part.data in {"name", "call"}}
