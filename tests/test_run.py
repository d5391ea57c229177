"""Programs that run on the page: in plain Python, and in a real browser.

The browser gets Pyodide from the folder PYODIDE_DIR instead of the CDN; `make pyodide` fills one.
"""

import gzip
import importlib.util
import json
import mimetypes
import os
import re
import shutil
import sys
import time
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import matplotlib.pyplot as plt
import numpy as np
import pytest
import yaml
from bs4 import BeautifulSoup, SoupStrainer

from docs_ext import DOCS, ROOT, DocsError, later
from docs_ext import run as build
from docs_ext.snippets import Snippet, all_snippets

SITE = ROOT / "site"
BASE = "https://lossref.github.io/lossref/"  # instant navigation works at the address of the site
NAMES = [snippet.name for snippet in all_snippets()]
RUNTIME = Path(os.environ.get("PYODIDE_DIR", ROOT / ".cache" / "nonexistent"))
ANY_ORIGIN = {"access-control-allow-origin": "*"}
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


def setting() -> str:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["extra"]["pyodide"]


# docs/assets/run.py in this Python


@pytest.fixture
def program():
    """Runs a program; gives what it printed, what it said about errors, what it drew, the end."""
    spec = importlib.util.spec_from_file_location("run", DOCS / "assets" / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    plt.close("all")  # it shows every open figure, also one that another test left

    def execute(code: str, style: str = "", check: str = ""):
        said: dict[bool, list[str]] = {False: [], True: []}
        drawn: list[tuple[bytes, str, float]] = []
        fine = module.run(
            code,
            "word.py",
            style,
            lambda t, e: said[e].append(t),
            lambda *d: drawn.append(d),
            check,
        )
        return "".join(said[False]), "".join(said[True]), drawn, fine

    return execute


def test_a_program_prints(program) -> None:
    assert program("print('a', end='')\nprint(__name__)") == ("a__main__\n", "", [], True)


ERRORS = {
    "in the program": ("x = 1\n1 / 0", 'File "word.py", line 2', "ZeroDivisionError"),
    "in a function": ("def f():\n    1 / 0\nf()", "in f\n", "ZeroDivisionError"),
    "raised by lossref": (
        "import lossref\nlossref.squared_error([1.0], [1.0, 2.0])",
        'File "word.py", line 2',
        "ValueError: prediction and target must have equal shapes",
    ),
    "syntax": ("x = 1\nif x\n", 'File "word.py", line 2', "SyntaxError"),
    "cause": (
        "try:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('b') from e",
        "direct cause",
        "ValueError: b",
    ),
    "while handling": (
        "try:\n    1 / 0\nexcept Exception:\n    int('x')",
        "During handling",
        "ValueError: invalid literal",
    ),
    "group": (
        "raise ExceptionGroup('g', [ValueError('one')])",
        "ExceptionGroup",
        "ValueError: one",
    ),
    "unknown name": ("y", 'File "word.py", line 1', "NameError: name 'y' is not defined"),
    "no such module": ("import torch", 'File "word.py", line 1', "No module named 'torch'"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_shows_only_lines_of_the_reader(program, case: str) -> None:
    code, where, what = ERRORS[case]
    _, error, _, fine = program(code)
    assert not fine
    assert where in error
    assert what in error
    files = set(re.findall(r'File "(.*?)"', error))
    assert files <= {"word.py"}, files


def test_a_program_may_exit(program) -> None:
    assert program("print(1)\nraise SystemExit\nprint(2)") == ("1\n", "", [], True)


def test_a_check_sees_the_names_of_the_program(program) -> None:
    check = "assert answer == 42, 'Six times seven.'"
    assert program("answer = 42", check=check) == ("", "", [], True)
    assert program("print(1)\nanswer = 41", check=check) == (
        "1\nHint: Six times seven.\n",
        "",
        [],
        False,
    )
    out, error, _, fine = program("answer = 1 / 0", check=check)
    assert not fine
    assert "ZeroDivisionError" in error
    assert "Hint" not in out
    assert program("answer = 41\nraise SystemExit", check=check) == (
        "Hint: The program exits before it can be checked.\n",
        "",
        [],
        False,
    )
    out, error, _, fine = program("reply = 42", check=check)
    assert not fine
    assert "NameError: name 'answer' is not defined" in error


def test_warnings_are_shown_apart(program, monkeypatch) -> None:
    def as_without_pytest(message, category, filename, lineno) -> None:
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno))

    monkeypatch.setattr(warnings, "showwarning", lambda *args: as_without_pytest(*args[:4]))
    out, error, _, fine = program("import warnings\nwarnings.warn('careful')\nprint(1)")
    assert (out, fine) == ("1\n", True)
    assert error.startswith("word.py:2: UserWarning: careful")


def test_a_program_leaves_no_trace(program) -> None:
    before, errors = np.get_printoptions(), np.geterr()
    program("import numpy as np\nnp.set_printoptions(precision=2)\nnp.seterr(all='ignore')")
    assert np.get_printoptions() == before
    assert np.geterr() == errors
    program("import lossref\nlossref.squared_error = None\nx = 1")
    out, _, _, fine = program(
        "import lossref\nprint(lossref.squared_error(3.0, 1.0), 'x' in vars())"
    )
    assert (out, fine) == ("4.0 False\n", True)


def test_endless_output_is_cut(program) -> None:
    out, error, _, fine = program(
        "while True:\n    try:\n        print('x')\n    except Exception:\n        pass"
    )
    assert len(out) == 100_000
    assert "more than 100000 characters" in error
    assert not fine


def test_figures_come_with_their_description(program, tmp_path: Path) -> None:
    style = build.style()
    style = re.sub(r"var\(--[\w-]+\)", "123456", style)
    (tmp_path / "site.mplstyle").write_text(style)
    code = (
        "import matplotlib.pyplot as plt\n\ndef figure():\n    '''A line\n    upward.'''\n"
        "    fig, ax = plt.subplots()\n    ax.plot([1, 2])\n    return fig\n"
        "\nplt.figure()\nplt.show()"
    )
    out, error, drawn, fine = program(code, str(tmp_path / "site.mplstyle"))
    assert (out, error, fine) == ("", "", True)
    assert [alt for _, alt, _ in drawn] == ["Figure drawn by the program", "A line upward."]
    assert all(png.startswith(b"\x89PNG") for png, _, _ in drawn)


def test_the_style_has_no_color_of_its_own() -> None:
    style = build.style()
    assert not re.findall(r"\b[0-9a-f]{6}\b", style)
    names = set(re.findall(r"var\(--fig-(\w+)\)", style))
    script = (DOCS / "assets" / "run.js").read_text(encoding="utf-8")
    assert names <= set(re.findall(r'"(\w+)"', script))
    css = (DOCS / "assets" / "site.css").read_text(encoding="utf-8")
    for name in names:
        values = re.findall(rf"--fig-{name}: (\S+?);", css)
        assert len(values) == 2, name
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in values), name


# What is published


def test_one_version_of_pyodide() -> None:
    lock = json.loads((DOCS / "assets" / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = lock["info"]["version"]
    assert setting() == f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"
    worker = (DOCS / "assets" / "run-worker.js").read_text(encoding="utf-8")
    assert f"pyodide@{version}" in worker
    for package in lock["packages"].values():
        assert set(package["depends"]) <= lock["packages"].keys()
        assert re.fullmatch("[0-9a-f]{64}", package["sha256"])
        assert package["bytes"] > 0


def test_the_wheel_is_built_from_these_sources(monkeypatch) -> None:
    (published,) = SITE.glob("assets/wheel/*/*.whl")
    assert published.parent.name == build.digest()
    with zipfile.ZipFile(published) as wheel:
        for path in sorted((ROOT / "lossref").glob("*.py")):
            assert wheel.read(f"lossref/{path.name}") == path.read_bytes()
    page = BeautifulSoup((SITE / "index.html").read_text(encoding="utf-8"), "html.parser")
    meta = page.find("meta", {"name": "lossref-run"})
    assert meta
    assert meta["data-wheel"] == published.relative_to(SITE).as_posix()
    assert meta["data-pyodide"] == setting()
    monkeypatch.setattr(build, "ASSETS", (*build.ASSETS, "site.css"))
    assert published.parent.name != build.digest()


@pytest.mark.parametrize("name", ["lossref/links.py", "pyproject.toml"])
def test_the_digest_covers_what_is_in_the_wheel(name: str, tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(ROOT / "lossref", tmp_path / "lossref")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    before = build.digest()
    (tmp_path / name).write_text("# changed\n", encoding="utf-8")
    assert build.digest() != before


@pytest.mark.parametrize("name", NAMES)
def test_each_snippet_can_be_downloaded(name: str) -> None:
    assert (SITE / "snippets" / f"{name}.py").read_text(encoding="utf-8") == Snippet(name).source


def test_each_program_has_its_bar() -> None:
    bars, boxes = 0, SoupStrainer(attrs={"data-snippet": True})  # the rest takes long to parse
    for path in sorted(SITE.rglob("index.html")):
        page = BeautifulSoup(later.whole(path), "html.parser", parse_only=boxes)
        for box in page.select("[data-snippet]:not(.attempt)"):
            (bar,) = box.select(".run-bar")
            (link,) = bar.find_all("a")
            assert str(link["href"]).endswith(f"snippets/{box['data-snippet']}.py")
            assert bar.find_previous_sibling().select("code")
            assert not bar.find("button"), "buttons come with the script that serves them"
            bars += 1
    assert bars > 100


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def test_weight_before_a_click() -> None:
    """At most 6 KB a page: scripts, their rules in the style sheet, and the bars."""
    assets = DOCS / "assets"
    css = (assets / "site.css").read_text(encoding="utf-8")
    rules = "".join(re.findall(r"/\* (?:Run|Explorers) \*/.*?(?=^/\*)", css, re.DOTALL | re.M))
    assert len(rules) > 2000
    scripts = [(assets / name).read_text(encoding="utf-8") for name in ("run.js", "explorers.js")]
    always = sum(map(packed, [*scripts, rules]))
    added = {}
    for path in sorted(SITE.rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        bare = re.sub(r'<p class="run-bar".*?</p>|<meta name="lossref-run"[^>]*>', "", html)
        added[path.relative_to(SITE).as_posix()] = packed(html) - packed(bare)
    heaviest = max(added, key=lambda name: added[name])
    assert added[heaviest] > 100, "bars are found"
    assert always + added[heaviest] < 6000, (always, heaviest, added[heaviest])


# In the browser


# a loaded machine is slower than a reader's: the 20 seconds are tested with a clock in its place
PATIENCE = """const later = window.setTimeout;
window.setTimeout = (call, wait, ...rest) => later(call, wait === 20_000 ? 120_000 : wait, ...rest);
"""


class Reader:
    """A page of the site at its own address; the CDN is the folder PYODIDE_DIR."""

    def __init__(self, chromium) -> None:
        self.context = chromium.new_context()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.online = True
        self.context.route("**/*", self._answer)
        self.context.add_init_script(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda m: (
                self.complaints.append(m.text)
                # all files pass through this process, and a font may be late
                if m.type in ("error", "warning") and "link preload" not in m.text
                else None
            ),
        )

    def _answer(self, route) -> None:
        url = route.request.url.split("?")[0]
        if url.startswith(BASE):
            path = SITE / url.removeprefix(BASE)
            path = path / "index.html" if path.is_dir() else path
        else:
            self.asked.append(url)
            path = RUNTIME / url.removeprefix(setting())
        if not url.startswith(BASE) and not self.online:
            route.abort("internetdisconnected")
        elif path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            headers = {"content-type": kind, **ANY_ORIGIN}
            route.fulfill(body=path.read_bytes(), headers=headers)
        else:
            route.fulfill(status=404)

    def goto(self, url: str) -> None:
        self.page.goto(BASE + url, timeout=90_000)
        self._programs()

    def _programs(self) -> None:
        """Wait for all programs of the page, as if the reader had touched a folded one."""
        content = ".md-content:not([data-left])"
        self.page.locator(content).wait_for(state="attached", timeout=90_000)
        self.page.wait_for_load_state()  # the theme's script, which ours waits for
        self.page.evaluate(
            """content => document.querySelector(`${content} [data-later]`)?.dispatchEvent(
            new Event("focusin", { bubbles: true }))""",
            content,
        )
        self.page.locator(f"{content} [data-later]").first.wait_for(state="detached")
        buttons = self.page.locator(f"{content} .run-bar button")
        buttons.first.wait_for(state="attached", timeout=90_000)

    def follow(self, url: str) -> None:
        """As a click on a link does: Material swaps the page without a reload."""
        self.page.evaluate(
            """url => { const link = Object.assign(document.createElement("a"), { href: url });
            const content = document.querySelector(".md-content");
            content.dataset.left = "";
            content.append(link);
            link.click(); }""",
            BASE + url,
        )
        self._programs()
        assert self.page.url == BASE + url

    def box(self, name: str) -> "Box":
        return Box(self, name)


class Box:
    """One program on the page."""

    def __init__(self, reader: Reader, name: str) -> None:
        self.at = reader.page.locator(f"[data-snippet='{name}']")
        self.at.evaluate("box => { box.open = true; }")
        self.reader = reader
        self.status = self.at.locator("[role=status]")
        self.output = self.at.locator(".run-output code")
        self.area = self.at.locator("textarea")

    def button(self, name: str):
        return self.at.get_by_role("button", name=f"{name} ")

    def edit(self, code: str) -> None:
        if self.button("Edit").is_visible():
            self.button("Edit").click()
        self.area.fill(code)

    def wait_for(self, text: str) -> None:
        self.at.locator("[role=status]", has_text=re.compile(text)).wait_for(timeout=120_000)

    def run(self, end: str = "^(Finished|Ended|Stopped|Python|Refused)") -> str:
        self.button("Run").click()
        self.wait_for(end)
        return self.output.text_content() or ""


@pytest.fixture(scope="session")
def runtime() -> None:
    if not (RUNTIME / "pyodide.mjs").is_file():
        message = "no Pyodide: `make pyodide`, then PYODIDE_DIR=.cache/pyodide"
        # on a machine without it the other tests still count; CI sets the variable and goes red
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(message)


@pytest.fixture
def reader(browser, runtime: None) -> Iterator[Reader]:
    opened = Reader(browser)
    yield opened
    opened.context.close()
    assert not opened.complaints


RUN_ALL = """async () => {
  const found = [];
  for (const bar of document.querySelectorAll(".run-bar")) {
    const box = bar.closest("[data-snippet]"), status = bar.querySelector("[role=status]");
    const latest = performance.now() + 150_000, end = /^(Finished|Ended|Stopped|Python)/;
    box.open = true;
    bar.querySelector("button").click();
    while (!end.test(status.textContent) && performance.now() < latest)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const images = [...box.querySelectorAll(".run-figures img")];
    await Promise.all(images.map((image) => image.decode()));
    found.push([box.dataset.snippet, {
      status: status.textContent, output: box.querySelector(".run-output code").textContent,
      images: images.map((image) => [image.alt, image.naturalWidth]),
    }]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def runs(browser, runtime: None) -> Iterator[dict[str, dict]]:
    """Every snippet, run by a reader who goes from page to page without a reload."""
    reader = Reader(browser)
    urls = [
        path.relative_to(SITE).as_posix().removesuffix("index.html")
        for path in sorted(SITE.rglob("index.html"))
        if 'class="run-bar"' in later.whole(path)
    ]
    reader.goto(urls[0])
    found: dict[str, dict] = {}
    for url in urls:
        if url != urls[0]:
            reader.follow(url)
        found |= dict(reader.page.evaluate(RUN_ALL))
    reader.follow("losses/squared-error/")
    box = reader.box("squared-error/definition")  # in no answer that is closed
    for name in NAMES:  # printed for prose; no page shows the program
        if name not in found:
            box.edit(Snippet(name).source)
            output = box.run()
            found[name] = {"status": box.status.text_content(), "output": output, "images": []}
    reader.context.close()
    slowest = sorted(
        found, key=lambda n: -float("0" + re.sub(r"[^\d.]|\.$", "", found[n]["status"]))
    )
    print({name: found[name]["status"] for name in slowest[:6]})
    yield found
    assert not reader.complaints
    downloads = [url for url in reader.asked if url.endswith("pyodide.asm.wasm")]
    assert len(downloads) == 1, "one Python serves all pages"


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
def test_the_browser_prints_what_is_committed(runs: dict[str, dict], name: str) -> None:
    snippet, got = Snippet(name), runs[name]
    try:
        expected = snippet.output
    except DocsError:  # draws and prints nothing
        expected = ""
    assert got["output"] == expected
    assert got["status"].startswith("Finished")
    assert bool(got["images"]) == snippet.draws
    for alt, width in got["images"]:
        assert len(alt) >= 60
        assert width > 800


@pytest.mark.browser
def test_edit_error_reset_and_reload(reader: Reader) -> None:
    reader.goto("losses/squared-error/")
    assert not reader.asked
    box = reader.box("squared-error/definition")
    shown = box.at.locator(".language-text:not(.run-output)")
    original = box.at.locator(".language-python code").text_content()
    assert shown.is_visible()
    box.edit("import lossref\nprint(lossref.squared_error(5.0, 2.0))")
    assert box.run() == "9.0\n"
    assert not shown.is_visible(), "the committed output is not that of the changed program"
    asked = len(reader.asked)
    assert reader.asked == [url for url in reader.asked if url.startswith(setting())]

    box.area.fill("import lossref\nx = 1\nlossref.squared_error([x], [x, 2])")
    box.area.press("Control+Enter")
    box.wait_for("^Ended with an error")
    message = box.at.locator(".run-error").text_content() or ""
    assert message.splitlines()[0] == "Traceback (most recent call last):"
    assert 'File "definition.py", line 3' in message
    assert message.count("File") == 1
    assert "must have equal shapes" in message

    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/definition")
    assert box.area.input_value().startswith("import lossref\nx = 1")
    assert reader.box("squared-error/stable").area.is_hidden()
    box.button("Reset").click()
    assert box.at.locator(".language-python code").text_content() == original
    assert box.button("Edit").evaluate("button => button === document.activeElement")
    assert box.run() == Snippet("squared-error/definition").output
    box.button("Edit").click()
    assert box.area.input_value() == original
    reader.goto("losses/squared-error/")
    assert reader.box("squared-error/definition").area.is_hidden()
    assert len(reader.asked) == 2 * asked


@pytest.mark.browser
def test_stop_in_a_loop_and_run_again(reader: Reader) -> None:
    reader.goto("losses/squared-error/")
    box, other = reader.box("squared-error/definition"), reader.box("squared-error/stable")
    box.edit("print('begun')\nwhile True:\n    pass")
    box.button("Run").click()
    box.wait_for("^Running")
    box.output.filter(has_text="begun").wait_for()
    said = box.at.locator(".run-bar").evaluate(
        """bar => { const said = [];
        for (let n = 0; n < 2; n++) {
          const begin = performance.now();
          bar.querySelector("button").click();
          said.push([performance.now() - begin, bar.querySelector("[role=status]").textContent]);
          if (!n) bar.querySelector("button").click(); // starts it again
        }
        return said; }"""
    )
    assert {text for _, text in said} == {"Stopped."}
    assert min(said)[0] < 100, "milliseconds; others may have waited for the machine"
    box.edit("while True:\n    print('x' * 50)")
    box.run()
    assert "more than 100000 characters" in (box.output.text_content() or "")
    box.edit("while True: pass")
    box.button("Run").click()
    box.wait_for("^Running")
    assert other.run() == Snippet("squared-error/stable").output
    assert box.status.text_content() == "Stopped, because another program was started."


@pytest.mark.browser
@pytest.mark.thorough
def test_output_comes_as_it_is_printed_and_time_runs_out(reader: Reader) -> None:
    reader.page.clock.install()
    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/definition")
    box.edit("print('first')\nwhile True: pass")
    box.button("Run").click()
    box.output.filter(has_text="first").wait_for(timeout=120_000)
    box.wait_for("^Running")
    reader.page.clock.fast_forward(10_000)
    assert box.status.text_content() == "Running…"
    reader.page.clock.fast_forward(10_500)
    box.wait_for("^Stopped: it took longer than 20 seconds")
    box.edit("print('again')")
    assert box.run() == "again\n"


@pytest.mark.browser
@pytest.mark.thorough
def test_a_jump_on_the_page_leaves_it_as_it_is(reader: Reader) -> None:
    """A link to a heading and the way back scroll, and do no more."""
    reader.goto("losses/squared-error/")
    page, top = reader.page, "document.querySelector('#gradient').getBoundingClientRect().top"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('.md-content').dataset.left = ''")
    page.locator(".md-content a[href$='#gradient']").first.evaluate("a => a.click()")
    page.wait_for_function(f"{top} < 200")
    page.go_back()
    page.wait_for_function("scrollY < 200")
    page.go_forward()
    page.wait_for_function(f"{top} < 200")
    page.wait_for_load_state("networkidle")
    assert page.locator(".md-content[data-left]").count() == 1
    assert BASE + "losses/squared-error/" not in asked
    reader.follow("losses/information/")


@pytest.mark.browser
@pytest.mark.thorough
def test_the_style_sheet_stays_from_page_to_page(reader: Reader) -> None:
    """It is neither asked for again nor taken out, wherever the next page lies; nor are colors."""
    reader.goto("losses/squared-error/")
    page = reader.page
    page.locator("[data-md-component=palette] label:visible").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('link[rel=stylesheet]').dataset.first = ''")
    for url in ("practice/checklist/", "teach/exercises/first-course/", "notation/"):
        reader.follow(url)
        assert page.locator("head link[rel=stylesheet]").count() == 1
        assert page.locator("head link[rel=stylesheet][data-first]").count() == 1
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert page.locator(".md-typeset__table .md-typeset__table").count() == 0
        boxed = page.locator(".md-typeset__scrollwrap > .md-typeset__table > table").count()
        assert boxed == page.locator(".md-typeset table:not([class])").count()
    assert not [address for address in asked if "/assets/style." in address]
    page.go_back()
    page.locator("#F1").wait_for()
    assert page.locator("head link[rel=stylesheet][data-first]").count() == 1


@pytest.mark.browser
@pytest.mark.thorough
def test_leaving_the_page_stops_its_program(reader: Reader) -> None:
    reader.page.clock.install()
    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/definition")
    box.edit("while True: pass")
    box.button("Run").click()
    box.wait_for("^Running")
    reader.follow("comparison/sliders/")
    assert reader.page.locator(".explorer input").first.is_visible()
    reader.follow("losses/information/")
    reader.page.clock.fast_forward(21_000)  # the time of the program that is gone runs out
    assert reader.box("information/definition").run() == Snippet("information/definition").output
    reader.follow("losses/squared-error/")
    assert reader.box("squared-error/definition").area.input_value() == "while True: pass"


@pytest.mark.browser
def test_an_exercise_is_checked(reader: Reader) -> None:
    """A wrong answer gets a hint, the right one passes, by keyboard too."""
    reader.goto("teach/exercises/first-week/")
    box = reader.box("answers/mse")
    box.button("Check").click()
    box.wait_for("^Not yet")
    assert "Hint: The predictions and targets differ" in (box.output.text_content() or "")
    box.edit(Snippet("exercises/mse").source)
    box.button("Check").press("Enter")
    box.wait_for("^All checks passed")
    assert box.output.text_content() == Snippet("exercises/mse").output
    reader.goto("teach/exercises/first-week/")
    box = reader.box("answers/mse")
    assert box.area.input_value() == Snippet("exercises/mse").source
    box.button("Reset").click()
    assert box.area.is_hidden()
    box.button("Check").click()
    box.wait_for("^Not yet")


@pytest.mark.browser
@pytest.mark.thorough
def test_a_check_is_stopped_runs_out_of_time_and_is_tried_again(reader: Reader) -> None:
    reader.page.clock.install()
    reader.online = False
    reader.goto("teach/exercises/first-week/")
    box = reader.box("answers/mse")
    box.button("Check").click()
    box.wait_for("^Python could not be loaded")
    reader.online = True
    box.button("Try again").click()
    box.wait_for("^Not yet")
    box.edit("while True: pass")
    box.button("Check").click()
    box.wait_for("^Running")
    box.button("Stop").click()
    assert box.status.text_content() == "Stopped."
    box.button("Check").click()
    box.wait_for("^Running")
    reader.page.clock.fast_forward(20_500)
    box.wait_for("^Stopped: it took longer than 20 seconds")
    box.edit(Snippet("exercises/mse").source)
    box.button("Check").click()
    box.wait_for("^All checks passed")


@pytest.mark.browser
def test_without_a_network(reader: Reader) -> None:
    reader.online = False
    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/definition")
    box.run()
    status = "Python could not be loaded from cdn.jsdelivr.net. Check the connection and try again."
    assert box.status.text_content() == status
    reader.online = True
    box.button("Try again").click()
    box.wait_for("^Finished")
    assert box.output.text_content() == Snippet("squared-error/definition").output


LOCK = json.loads((DOCS / "assets" / "pyodide-lock.json").read_text(encoding="utf-8"))
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
CHANGED = dict.fromkeys((*CORE, LOCK["packages"]["numpy"]["file_name"]), "definition")
CHANGED[LOCK["packages"]["contourpy"]["file_name"]] = "saturation"  # which draws


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_byte_is_refused(reader: Reader, name: str) -> None:
    changed = bytearray((RUNTIME / name).read_bytes())
    changed[len(changed) // 2] ^= 1
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"content-type": kind, **ANY_ORIGIN}
    reader.context.route(
        setting() + name, lambda route: route.fulfill(body=bytes(changed), headers=headers)
    )
    reader.goto("losses/squared-error/")
    box = reader.box(f"squared-error/{CHANGED[name]}")
    assert not box.run("^Refused")
    status = (
        f"Refused: {name} from cdn.jsdelivr.net is not the file that this page was tested with."
    )
    assert box.status.text_content() == status
    assert box.button("Try again").is_visible()
    reader.complaints.clear()


@pytest.mark.browser
@pytest.mark.thorough
def test_a_runtime_of_its_own(reader: Reader) -> None:
    """The setting may be a folder of the site; then no other host is asked for anything."""
    folder = "assets/pyodide/"

    def page(route) -> None:
        html = (SITE / "losses/squared-error/index.html").read_text(encoding="utf-8")
        assert html.count(setting()) == 1
        route.fulfill(body=html.replace(setting(), folder), content_type="text/html")

    def runtime(route) -> None:
        path = RUNTIME / route.request.url.removeprefix(BASE + folder)
        route.fulfill(path=path, content_type=mimetypes.guess_type(path.name)[0])

    reader.context.route(BASE + "losses/squared-error/", page)
    reader.context.route(BASE + folder + "*", runtime)
    reader.goto("losses/squared-error/")
    drawn = reader.box("squared-error/saturation")
    assert drawn.run() == Snippet("squared-error/saturation").output
    assert drawn.at.locator(".run-figures img").is_visible()
    box = reader.box("squared-error/definition")
    assert box.run() == Snippet("squared-error/definition").output
    assert not reader.asked


@pytest.mark.browser
def test_first_run_by_keyboard_and_its_bytes(reader: Reader) -> None:
    """Times are reported, bytes are asserted: machines are noisy."""
    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/definition")
    run = box.at.locator(".run-bar button").first
    assert run.get_attribute("aria-label") == "Run squared-error/definition.py"
    run.focus()
    begin = time.perf_counter()
    run.press("Enter")
    assert run.get_attribute("aria-label") == "Stop squared-error/definition.py"
    box.wait_for("^Finished")
    print(f"first output after {time.perf_counter() - begin:.1f} s")
    assert run.evaluate("button => button === document.activeElement"), "focus stays on the button"
    run.press("Tab")
    assert box.button("Edit").evaluate("button => button === document.activeElement")
    box.button("Edit").press("Enter")
    assert box.area.evaluate("area => area === document.activeElement")
    box.area.press("Shift+Tab")
    assert not box.area.evaluate("area => area === document.activeElement"), "Tab is no trap"
    assert box.output.get_attribute("aria-live") == "polite"

    # as the server sends them: gzip, and archives as they are; with brotli it is 0.4 MB less
    files = [urlsplit(url).path.split("/")[-1] for url in reader.asked]
    assert len(set(files)) == len(files) == 5, files
    paths = [RUNTIME / name for name in files]
    paths += [DOCS / "assets" / name for name in build.ASSETS]
    paths += SITE.glob("assets/wheel/*/*.whl")
    line = {
        path.name: path.stat().st_size
        if path.suffix in {".whl", ".zip"}
        else len(gzip.compress(path.read_bytes()))
        for path in paths
    }
    print(f"{sum(line.values()) / 1e6:.2f} MB on the line")
    assert sum(line.values()) < 9e6, line  # run.js says about 9 MB


@pytest.mark.browser
@pytest.mark.thorough
def test_figures_follow_the_palette(reader: Reader) -> None:
    reader.goto("losses/squared-error/")
    box = reader.box("squared-error/saturation")
    for scheme, paper in {"light": [255, 255, 255, 255], "dark": [30, 33, 41, 255]}.items():
        if scheme == "dark":
            reader.page.locator("[data-md-component=palette] label:not([hidden])").click()
        name = {"light": "default", "dark": "slate"}[scheme]
        reader.page.locator(f"body[data-md-color-scheme={name}]").wait_for(timeout=90_000)
        box.run()
        corner = box.at.locator(".run-figures img").evaluate(
            """async (image) => { await image.decode();
            const context = document.createElement("canvas").getContext("2d");
            context.drawImage(image, 0, 0);
            return [...context.getImageData(2, 2, 1, 1).data]; }"""
        )
        assert corner == paper
