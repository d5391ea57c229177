"""Snippets: a Python file that a page shows, and the committed output beside it."""

import runpy
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs_ext import ROOT, SNIPPETS, DocsError


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
        """What the file prints in a fresh interpreter, warnings as errors."""
        done = subprocess.run(
            [sys.executable, "-W", "error", self.path],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise DocsError(f"snippet {self.name} failed:\n{done.stderr}")
        if done.stderr:
            raise DocsError(f"snippet {self.name} wrote to standard error:\n{done.stderr}")
        return done.stdout


def all_snippets() -> list[Snippet]:
    """Every snippet file of the repository."""
    return [
        Snippet(path.relative_to(SNIPPETS).with_suffix("").as_posix())
        for path in sorted(SNIPPETS.glob("*/*.py"))
    ]
