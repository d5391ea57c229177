"""The theme's script without what no page of this site uses, and with one fault mended.

`PATCHES` takes features out where they are called; `shaken` then drops the functions that nothing
calls any more. Both read the minified script of one version of Material as text: another version
stops the build at the first patch that does not fit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docs_ext import DocsError

# from -> to, where "a … b" stands for the shortest text from a to b
PATCHES = {
    # with the offline plugin the index waits for the search to be opened: so everywhere
    'return L($(location.protocol!=="file:"),Je("search"))': 'return L($(!1),Je("search"))',
    # highlights the words that were sought: needs the index only then
    'return z([t,r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")))])': (
        'return r.pipe(Q(we()),g(o=>!!o.searchParams.get("h"))).pipe(b(o=>z([t,$(o)])))'
    ),
    # the clipboard of every browser since 2020, instead of a library for older ones
    "Kn.default.isSupported()&&(": "navigator.clipboard&&(",
    "co.default.isSupported()&&": "",
    'new co.default("[data-clipboard-target] … .on("success",r=>t.next(r))': (
        'h(document.body,"click").subscribe(({target:e})=>{'
        'let r=e.closest("[data-clipboard-target]");r&&navigator.clipboard.writeText('
        'hs(j(r.getAttribute("data-clipboard-target")))).then(()=>t.next({trigger:r}))})'
    ),
    # :focus-visible for browsers before 2022; the style sheet says it as they do now
    "var ZM=$t(xo());": "",
    'typeof Element!="undefined"&&(Element.prototype.scrollTo|| … r?t.insertBefore'
    "(this.previousSibling,o):t.replaceChild(o,this)}}}));": "",
    'typeof ResizeObserver=="undefined"?_t("https://unpkg.com/resize-observer-polyfill"):': "",
    # annotations, tabs, Mermaid, previews, tooltips, lines of programs that can be selected
    '...M(".annotate:not(.highlight)" … print$:n})),': "",
    '...M("a",e).map(i=>Jn(i,t)),...M("pre.mermaid",e).map(i=>Zn(i)),': "",
    ',...M("[data-tabs]",e) … ()=>p.remove()}),viewport$:r}))': "",
    ',f=e.closest(".highlight");if(f instanceof … oldURL:window.location.href}))})}': ";",
    ',V("content.tooltips")&&l.push(Xe(d,{viewport$}))': "",
    'let i=fe(M("[title]",e)).pipe(g(()=>V("content.tooltips")),J(s=>ii(s)));': "",
    "m(s=>P({ref:e},s)),Ve(i.pipe(W(n))))}": "m(s=>P({ref:e},s)))}",
    ',V("content.tooltips")?Xe(n, … J(r=>Xe(r,{viewport$:t}))).subscribe()': "})).subscribe()",
    ',V("content.tooltips")&&fe(M("abbr[title]",e)) … ,W(c)).subscribe()': "",
    # the first jump to a heading fetched the page again: a running program and the focus were lost
    'let s=t.pipe(ne("pathname"),': 'let s=t.pipe(Q(we()),ne("pathname"),g((a,c)=>c>0),',
    's.pipe(b(()=>t),ne("hash"))': 's.pipe(Q(0),b(()=>t),ne("hash"))',
    # each of these styled and laid out the whole page again while it loads: the style sheet was
    # parsed anew for its absolute address, colors were "switched" to what they are, a tag said what
    # the style sheet says, tables were wrapped; and each block of code was measured by itself
    "if(o&&!/^(?:[a-z]+:)?": "if(o&&!t.sheet&&!/^(?:[a-z]+:)?",
    "t.set(r.outerHTML,r)": 't.set(r.rel==="stylesheet"?(r.sheet||r).href:r.outerHTML,r)',
    'document.body.setAttribute("data-md-color-switching","")': (
        "document.body.dataset.mdColorScheme!==s.color.scheme&&"
        'document.body.setAttribute("data-md-color-switching","")'
    ),
    'let o=x("meta",{name:"color-scheme"});document.head.appendChild(o);': "",
    "o.content=a.colorScheme,": "",
    "function es(e){return Le(e).pipe(": (
        "function es(e){return Ia.pipe(O(r=>r.observe(e)),"
        "b(r=>cn.pipe(g(o=>o.target===e),A(()=>r.unobserve(e)))),m(()=>de(e)),"
    ),
    '...M("table:not([class])",e).map(i=>ti(i)),': "",
    # other languages and versions, consent, announcements, GitHub's stars
    "ui({document$:ct});": "",
    '((Di=Or.version)==null?void 0:Di.provider)==="mike"&&Ti({document$:ct});': "",
    '...me("consent").map(e=>An(e,{target$:Ht})),': "",
    '...me("announce").map(e=>_n(e)),': "",
    ',...me("source").map(e=>$i(e))': "",
    # kinds of streams that the theme never makes
    "if(ir(e))return jo(e);": "",
    "if(lr(e))return va(e)": "",
    "if(ir(e))return mr(e,t);": "",
    "if(lr(e))return No(e,t)": "",
}
# what the patches take out, so that nobody switches it on in vain
FEATURES = [
    "announce.dismiss",
    "content.code.annotate",
    "content.code.select",
    "content.footnote.tooltips",
    "content.tooltips",
    "navigation.instant.preview",
]
MARKUP = re.compile(
    r'<[^>]*\sclass="[^"]*(?<![\w-])(annotate|mermaid|tabbed-set|md-consent|md-source)(?![\w-])[^>]*>'
)
_NAME = re.compile(r"(?<![\w$])(?<!(?<!\.\.)\.)[A-Za-z_$][\w$]*")  # no property; "...a" is a name
_BEFORE_REGEX = "(,=:[!&|?{};+-*%<>~^"
# what can be left out unless it is called: functions, texts, modules, classes
_INERT = re.compile(
    r"""function\b|\w+=>|\([^()]*\)=>|Cr\(|\(function\((?:\w*)\)\{|(?:"[^"]*"|'[^']*'|\d+)$|\$t\("""
)


def patched(script: str) -> str:
    """The script with the patches, each of which must fit exactly once."""
    for old, new in PATCHES.items():
        pattern = ".*?".join(map(re.escape, old.split(" … ")))
        script, count = re.subn(pattern, new.replace("\\", r"\\"), script, flags=re.DOTALL)
        if count != 1:
            raise DocsError(
                f"Material's script has changed, see docs_ext/shake.py: {count} of {old}"
            )
    return re.sub(r"\n//# sourceMappingURL=.*", "", script)


def check(features: list[str], pages: dict[str, str]) -> None:
    """Stop the build if something needs what the patches take out."""
    for name in FEATURES:
        if name in features:
            raise DocsError(f"the feature {name} is taken out of the script: docs_ext/shake.py")
    for page, html in pages.items():
        if found := MARKUP.search(html):
            raise DocsError(f"{page}: {found[1]} is taken out of the script: docs_ext/shake.py")


def _skipped(text: str, at: int) -> int:
    """The end of the string, comment or regular expression at this place; `at` if there is none."""
    if text[at] in "\"'":
        match = re.compile(r"""(["'])(?:\\.|(?!\1)[^\\])*\1""", re.DOTALL).match(text, at)
    elif text.startswith("/*", at):
        match = re.compile(r"/\*.*?\*/", re.DOTALL).match(text, at)
    elif text[at] == "/" and (
        text[at - 1] in _BEFORE_REGEX or re.search(r"\b(?:return|typeof|case)$", text[:at][-7:])
    ):
        match = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/\w*").match(text, at)
    else:
        return at
    if not match:
        raise DocsError(f"Material's script cannot be read: {text[at : at + 60]}")
    return match.end()


def _scan(text: str, at: int = 0) -> Iterator[tuple[int, str, int]]:
    """(place, character, depth of brackets) of what is outside strings, up to the last bracket."""
    stack: list[str] = []
    while at < len(text):
        char = text[at]
        if stack and stack[-1] == "`" and char != "`":
            if char == "\\":
                at += 2
                continue
            if text.startswith("${", at):
                stack.append("${")
                at += 2
                continue
            at += 1
            continue
        if (end := _skipped(text, at)) > at:
            at = end
            continue
        if char == "`":
            if stack and stack[-1] == "`":
                stack.pop()
            else:
                stack.append("`")
        elif char in "([{":
            stack.append(char)
        elif char in ")]}":
            if not stack:
                return
            stack.pop()
        yield at, char, len(stack)
        at += 1


@dataclass(frozen=True)
class _Unit:
    """A statement, or one variable of a declaration."""

    name: str
    text: str
    kind: str


def _units(body: str) -> Iterator[_Unit]:
    """The statements of the outermost function."""
    start = 0
    cuts: list[int] = []
    for at, char, depth in _scan(body):
        ends_function = char == "}" and not depth and body.startswith("function ", start)
        if (char == ";" and not depth) or ends_function:
            statement = body[start : at + ends_function]
            if statement.startswith("function "):
                yield _Unit(statement[9 : statement.index("(")], statement, "function")
            elif match := re.match(r"(?:var|let|const) ", statement):
                parts = [match.end(), *(cut + 1 for cut in cuts), len(statement) + 1]
                for first, last in pairwise(parts):
                    part = statement[first : last - 1]
                    yield _Unit(part.partition("=")[0], part, "var")
            elif statement:
                yield _Unit("", statement, "")
            start, cuts = at + 1, []
        elif char == "," and not depth:
            cuts.append(at - start)
    if body[start:].strip():
        yield _Unit("", body[start:], "")


def shaken(script: str) -> str:
    """The script without the functions, texts and classes that nothing names."""
    start = script.index("(()=>{") + len("(()=>{")
    end = script.rindex("})();")
    units = list(_units(script[start:end]))
    inert = {
        u.name: u
        for u in units
        if u.kind == "function" or (u.kind and _INERT.match(u.text.partition("=")[2]))
    }
    kept = {u.name for u in units if u.name and u.name not in inert}
    waiting = [u.text for u in units if u.name not in inert]
    while waiting:
        found = (set(_NAME.findall(waiting.pop())) & set(inert)) - kept
        kept |= found
        waiting += [inert[name].text for name in found]
    out = []
    for unit in units:
        if unit.name and unit.name not in kept:
            continue
        out.append(
            unit.text if unit.kind == "function" else f"{'var ' * bool(unit.name)}{unit.text};"
        )
    return script[:start] + "".join(out) + script[end:]
