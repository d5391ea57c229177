"""Runs a program of the page inside the browser's Python; run-worker.js calls `run`."""

import contextlib
import inspect
import io
import itertools
import linecache
import logging
import re
import sys
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator

import numpy as np

SHOWN = 100_000  # characters of output
AT_ONCE, PAUSE = 50, 0.05  # pieces handed on as they come; seconds between the later ones


class TooMuchOutput(BaseException):
    """No `except Exception` of a program catches this one."""


class Screen:
    """Hands on what a program prints; an endless loop of prints must not drown the page."""

    def __init__(self, post: Callable[[str, bool], object]) -> None:
        self.post = post
        self.pieces: list[tuple[str, bool]] = []
        self.total = self.handed_on = 0
        self.last = 0.0

    def write(self, text: str, error: bool) -> None:
        """Show a piece now, or with the next ones."""
        self.pieces.append((text[: SHOWN - self.total], error))
        self.total += len(text)
        if self.handed_on < AT_ONCE or time.monotonic() - self.last > PAUSE:
            self.flush()
        if self.total > SHOWN:
            raise TooMuchOutput(f"the program printed more than {SHOWN} characters")

    def flush(self) -> None:
        """Hand on what waits, neighbors of one kind together."""
        for kind, pieces in itertools.groupby(self.pieces, key=lambda piece: piece[1]):
            self.post("".join(text for text, _ in pieces), kind)
        self.pieces.clear()
        self.handed_on += 1
        self.last = time.monotonic()


class Stream(io.TextIOBase):
    """Standard output or standard error of a program."""

    def __init__(self, screen: Screen, error: bool) -> None:
        self.screen, self.error = screen, error

    def writable(self) -> bool:
        """Asked by print."""
        return True

    def write(self, text: str) -> int:
        """Called by print."""
        self.screen.write(text, self.error)
        return len(text)


def own_lines(error: BaseException, name: str) -> str:
    """The traceback without the lines that are not the reader's."""
    if isinstance(error, TooMuchOutput):
        return f"Stopped: {error}.\n"
    report = traceback.TracebackException.from_exception(error)
    linked: list[traceback.TracebackException | None] = [report]
    while linked:
        if part := linked.pop():
            frames = [frame for frame in part.stack if frame.filename == name]
            part.stack = traceback.StackSummary.from_list(frames) if frames else None  # type: ignore[assignment]
            linked += [part.__cause__, part.__context__, *(part.exceptions or [])]
    return "".join(report.format())


def matplotlib() -> tuple[types.ModuleType, types.ModuleType]:
    """Loaded; the first time takes seconds and builds a cache, which is no news to a reader."""
    import matplotlib as mpl

    logging.getLogger("matplotlib").setLevel("ERROR")
    mpl.use("agg")
    import matplotlib.pyplot as plt

    return mpl, plt


@contextlib.contextmanager
def as_if_alone(style: str) -> Iterator[None]:
    """What one program sets must not change the next one: options, filters, patches."""
    for module in [m for m in sys.modules if m.partition(".")[0] == "lossref"]:
        del sys.modules[module]
    with contextlib.ExitStack() as stack:
        stack.enter_context(np.printoptions())
        stack.enter_context(np.errstate())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")
        if style:
            mpl, plt = matplotlib()
            stack.enter_context(mpl.rc_context())
            stack.callback(plt.close, "all")
            plt.style.use(style)
            plt.show = lambda *args, **kwargs: None
        yield


def drawings(figure: Callable[[], object] | None) -> Iterator[tuple[bytes, str, float]]:
    """PNG, alt text and width in CSS pixels of each figure that the program drew."""
    import matplotlib.pyplot as plt

    described = {}
    if callable(figure):
        described[id(figure())] = re.sub(r"\s+", " ", inspect.getdoc(figure) or "")
    for number in plt.get_fignums():
        drawn = plt.figure(number)
        png = io.BytesIO()
        drawn.savefig(png, format="png", dpi=200, transparent=False)
        alt = described.get(id(drawn)) or "Figure drawn by the program"
        yield png.getvalue(), alt, drawn.get_figwidth() * 97


def run(
    code: str,
    name: str,
    style: str,
    post: Callable[[str, bool], object],
    show: Callable[[bytes, str, float], object],
    check: str = "",
) -> bool:
    """Run a program as if it were alone; say whether it ended without an error.

    A check is run after it, with its names; the message of an assertion that fails is a hint.
    """
    screen = Screen(post)
    main = types.ModuleType("__main__")
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    before, sys.modules["__main__"] = sys.modules["__main__"], main
    try:
        with (
            as_if_alone(style),
            contextlib.redirect_stdout(Stream(screen, False)),
            contextlib.redirect_stderr(Stream(screen, True)),
        ):
            exec(compile(code, name, "exec"), main.__dict__)
            for drawing in drawings(main.__dict__.get("figure")) if style else ():
                show(*drawing)
            try:
                exec(compile(check, "check.py", "exec"), main.__dict__)
            except AssertionError as error:
                screen.flush()
                post(f"Hint: {error}\n", False)
                return False
    except SystemExit:
        if check:
            screen.flush()
            post("Hint: The program exits before it can be checked.\n", False)
            return False
    except BaseException as error:  # also KeyboardInterrupt and the like: the page shows them
        screen.flush()
        post(own_lines(error, name), True)
        return False
    finally:
        sys.modules["__main__"] = before
    screen.flush()
    return True
