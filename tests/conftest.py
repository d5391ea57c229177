"""Options and fixtures shared by the tests."""

import functools
import gc
import http.server
import os
import threading
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pytest

from docs_ext import ROOT, chromium

SITE = ROOT / "site"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites what was recorded: outputs, formulas, figures; look at the difference."""
    text = "rewrite snippets/**/*.out, docs/formulas.lock, tests/figures.json, tests/peers/**/*.out"
    parser.addoption("--update", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse `--update` in CI: there an output is compared, never rewritten."""
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is refused in CI: run it locally and commit the change")
    if hasattr(config, "workerinput") and "COVERAGE_PROCESS_CONFIG" in os.environ:
        import coverage

        # a worker is measured as a process of its own, too: the mark `no_cover` would do nothing
        while itself := coverage.Coverage.current():
            itself.stop()


# a worker that began one of these last would be left alone with it
LONG = ["run", "faults", "browser", "semantics", "print", "explorers", "experiments", "accuracy"]


# they call nothing of lossref and the snippets that others leave out
UNCOVERED = ["accuracy", "browser", "faults", "hosted", "later", "print", "publish", "reuse", "run",
             "semantics", "site"]  # fmt: skip


def pytest_collection_finish() -> None:
    """Look for garbage less often: of the time with parsed pages it took a quarter."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first; coverage, which slows them down, leaves some alone."""
    names = [f"test_{name}" for name in LONG]
    items.sort(key=lambda i: names.index(i.path.stem) if i.path.stem in names else len(names))
    for item in items:
        if item.path.stem.removeprefix("test_") in UNCOVERED:
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(optionalhook=True)  # other environments have no xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """`--dist loadgroup`, which xdist 3.8 no longer does with pytest 9.2."""
    if config.getoption("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            # one worker runs all programs: Python in the browser takes seconds to start
            return nodeid.partition("[")[0] if "test_run.py" in nodeid else nodeid

    return Groups(config, log)


@pytest.fixture(autouse=True)
def print_options() -> Iterator[None]:
    """A program that a test runs in this process may set them, and a doctest prints by them."""
    with np.printoptions():
        yield


class _Quiet(http.server.SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/lossref"))  # as 404.html asks

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """The browser of the system."""
    sync_api = pytest.importorskip("playwright.sync_api")
    program = chromium.browser("chromium-headless-shell")  # the same engine, a third less work
    if not program:
        # on a machine without it the other tests still count; CI sets the variable and goes red
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(chromium.MISSING)
    with sync_api.sync_playwright() as playwright:
        sync_api.expect.set_options(timeout=60_000)  # it is seen that, not how soon
        running = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the built site."""
    handler = functools.partial(_Quiet, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def asked() -> list[str]:
    """What the browser asks of the server from now on, its workers included."""
    _Quiet.asked.clear()
    return _Quiet.asked
