"""The semantic TeX commands of the site: one name per meaning, one place for its look.

Pages use these names instead of raw typesetting, so that a formula says what it means and
can be read by a program as well as by a person. The notation page explains each symbol.
"""

import functools
import re

from docs_ext import DocsError

MACROS = {
    # predictions and targets
    "pred": r"\hat{y}",
    "vpred": r"\hat{\mathbf{y}}",
    "vz": r"\mathbf{z}",
    "vp": r"\mathbf{p}",
    "vq": r"\mathbf{q}",
    "vt": r"\mathbf{t}",
    "vy": r"\mathbf{y}",
    "vw": r"\mathbf{w}",
    "vx": r"\mathbf{x}",
    "vf": r"\mathbf{f}",
    "vu": r"\mathbf{u}",
    "vv": r"\mathbf{v}",
    "vone": r"\mathbf{1}",
    "T": r"\mathsf{T}",
    # losses
    "loss": r"\ell",
    "SE": r"\ell_{\mathrm{SE}}",
    "MSE": r"L_{\mathrm{MSE}}",
    "AE": r"\ell_{\mathrm{AE}}",
    "BCE": r"\ell_{\mathrm{BCE}}",
    "CE": r"\ell_{\mathrm{CE}}",
    "Brier": r"\ell_{\mathrm{Brier}}",
    "Huber": r"\ell_{\mathrm{Huber}}",
    "Focal": r"\ell_{\mathrm{focal}}",
    # functions
    "sigmoid": r"\sigma",
    "softplus": r"\operatorname{softplus}",
    "softmax": r"\operatorname{softmax}",
    "lse": r"\operatorname{logsumexp}",
    "logit": r"\operatorname{logit}",
    "loneplus": r"\operatorname{log1p}",
    "sign": r"\operatorname{sign}",
    "diag": r"\operatorname{diag}",
    "Jac": r"\mathbf{J}",
    "abs": r"\left|#1\right|",
    "norm": r"{\lVert#1\rVert}",  # not stretched: the font has no size next to the first
    "ind": r"\mathbf{1}\left[#1\right]",
    # sums and means
    "sumi": r"\sum_{i=1}^{n}",
    "sumk": r"\sum_{k=1}^{K}",
    "sumj": r"\sum_{j=1}^{K}",
    "sumjnec": r"\sum_{j\ne c}",
    "meani": r"\frac{1}{n}\sum_{i=1}^{n}",
    # derivatives
    "dd": r"\frac{\partial #1}{\partial #2}",
    "ddd": r"\frac{\partial^2 #1}{\partial #2^2}",
    "ddx": r"\frac{\partial^2 #1}{\partial #2\,\partial #3}",
    "grad": r"\nabla",
    "Int": r"\int_{#1}^{#2} #3 \, d#4",
    # probability and information
    "E": r"\mathbb{E}",
    "Var": r"\operatorname{Var}",
    "Prob": r"\operatorname{P}",
    "Ent": r"H",
    "CEof": r"H(#1,#2)",
    "KL": r"\operatorname{KL}(#1\,\Vert\,#2)",
    "Real": r"\mathbb{R}",
    "eps": r"\varepsilon",
    # complex numbers (the complex step)
    "iunit": r"\mathrm{i}",
    "imag": r"\operatorname{Im}",
}

_TOKEN = re.compile(r"(?P<name>\\[A-Za-z]+)|\\.|[{}]|\s+|[^\\{}\s]", re.DOTALL)


def _arguments(tokens: list[str], at: int, number: int, name: str) -> tuple[list[str], int]:
    """The next arguments of a command (a token or a group each), and the position after them."""
    found = []
    for _ in range(number):
        while at < len(tokens) and tokens[at].isspace():
            at += 1
        if at == len(tokens) or tokens[at] == "}":
            raise DocsError(f"{name} needs {number} arguments")
        end, depth = at, 0
        while True:
            depth += {"{": 1, "}": -1}.get(tokens[end], 0)
            end += 1
            if depth == 0:
                break
            if end == len(tokens):
                raise DocsError(f"the argument of {name} is not closed")
        argument = tokens[at:end]
        found.append("".join(argument[1:-1] if argument[0] == "{" else argument))
        at = end
    return found, at


def _join(left: str, right: str) -> str:
    """Two pieces of TeX, with a space where the name of a command would run into a letter."""
    apart = re.search(r"\\[A-Za-z]+$", left) and right[:1].isalpha()
    return f"{left} {right}" if apart else left + right


def _fill(body: str, arguments: list[str]) -> str:
    return re.sub(
        r"(\\[A-Za-z]+)?#(\d)", lambda m: _join(m[1] or "", arguments[int(m[2]) - 1]), body
    )


def expand(tex: str) -> str:
    """The same formula in plain LaTeX (with amsmath and amssymb), for those without our names."""
    tokens = [match[0] for match in _TOKEN.finditer(tex)]
    out: list[str] = []
    at = 0
    while at < len(tokens):
        name = tokens[at]
        at += 1
        body = MACROS.get(name[1:]) if name.startswith("\\") else None
        if body is None:
            out.append(name)
            continue
        number = max((int(n) for n in re.findall(r"#(\d)", body)), default=0)
        arguments, at = _arguments(tokens, at, number, name)
        body = _fill(body, [expand(argument) for argument in arguments])
        before = "".join(out).rstrip()[-1:]
        out.append(f"{{{body}}}" if before in {"^", "_"} else body)
    return functools.reduce(_join, out, "")
