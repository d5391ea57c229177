"""The program in the README prints what the README says, and its commands exist."""

import re
import subprocess
import sys

from docs_ext import DOCS, ROOT
from docs_ext.exercises import all_exercises

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_program_prints_what_is_shown() -> None:
    program, shown = re.search(
        r"```python\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL
    ).groups()  # type: ignore[union-attr]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == shown


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    places = [ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run", *ROOT.glob(".github/**/*.*")]
    texts = README + "".join(path.read_text(encoding="utf-8") for path in places)
    named = set(re.findall(r"(?:^|`|run: |&& )make ([\w-]+)", texts, re.MULTILINE))
    assert {"serve", "test"} <= named <= targets


def test_files_that_are_named_exist() -> None:
    for target in re.findall(r"\]\(([^):]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_pages_have_no_python_that_is_not_a_snippet() -> None:
    starters = [e.page for e in all_exercises().values() if e.starter]  # run by their checks
    typed = {
        path.name
        for path in DOCS.rglob("*.md")
        if len(re.findall(r"^```(?:python|py|pycon)\b", path.read_text("utf-8"), re.MULTILINE))
        > starters.count(path.relative_to(DOCS).as_posix())
    }
    assert not typed, "Python on a page comes from snippets/"
