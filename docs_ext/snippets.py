"""Snippets: a Python file that a page shows, and the committed output beside it."""

import io
import multiprocessing
import os
import runpy
import signal
import traceback
import warnings
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs_ext import ROOT, SNIPPETS, DocsError

SECONDS = 120  # more than any snippet takes


@dataclass(frozen=True)
class Snippet:
    """`page/word`: the file snippets/page/word.py, and word.out with what it prints."""

    name: str

    @property
    def path(self) -> Path:
        """The source file."""
        return SNIPPETS / f"{self.name}.py"

    @property
    def out_path(self) -> Path:
        """The committed output."""
        return self.path.with_suffix(".out")

    @property
    def source(self) -> str:
        """The program text, as shown on the page."""
        if not self.path.is_file():
            raise DocsError(f"there is no snippet snippets/{self.name}.py")
        return self.path.read_text(encoding="utf-8")

    @property
    def output(self) -> str:
        """The committed output, as shown on the page."""
        if not self.out_path.is_file():
            raise DocsError(f"snippet {self.name} has no committed output {self.name}.out")
        return self.out_path.read_text(encoding="utf-8")

    @property
    def draws(self) -> bool:
        """Whether the snippet defines a figure."""
        return "\ndef figure(" in self.source

    @property
    def inputs(self) -> list[Path]:
        """What its figure depends on, beside lossref."""
        return [self.path]

    def figure(self) -> Any:
        """The Matplotlib figure."""
        return runpy.run_path(str(self.path), run_name="figure")["figure"]()

    def run(self) -> str:
        """What the file prints in a process of its own, warnings as errors."""
        printed = run_all([self])[self.name]
        if isinstance(printed, DocsError):
            raise printed
        return printed


def _run(path: Path) -> tuple[str, str]:
    """What the program prints, and its complaint, in this process: it is not used again."""
    warnings.simplefilter("error")
    os.chdir(ROOT)
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(SECONDS)
    out, complaint = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(complaint):
        try:
            runpy.run_path(str(path), run_name="__main__")
        except BaseException:
            traceback.print_exc()
    signal.alarm(0)
    return out.getvalue(), complaint.getvalue()


def run_all(snippets: Iterable[Snippet]) -> dict[str, str | DocsError]:
    """What each prints, by name, side by side: each in a fork of a process that has the imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["lossref", "matplotlib.pyplot"])
    jobs = {snippet.name: snippet.path for snippet in snippets}
    with ProcessPoolExecutor(os.cpu_count(), context, max_tasks_per_child=1) as pool:
        done = dict(zip(jobs, pool.map(_run, jobs.values()), strict=True))
    return {
        name: DocsError(f"snippet {name} failed:\n{complaint}") if complaint else out
        for name, (out, complaint) in done.items()
    }


def all_snippets() -> list[Snippet]:
    """Every snippet file of the repository."""
    return [
        Snippet(path.relative_to(SNIPPETS).with_suffix("").as_posix())
        for path in sorted(SNIPPETS.glob("*/*.py"))
    ]
