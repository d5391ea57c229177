"""The version and the date that a citation names."""

import os
import re
import subprocess
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version as installed

from docs_ext import DOCS, ROOT

REPOSITORY = "https://github.com/lossref/lossref"


@cache
def version() -> str:
    """The version of lossref that the site is built with."""
    return installed("lossref")


def is_released(number: str, changelog: str | None = None) -> bool:
    """Whether the changelog gives a date for this version, instead of `unreleased`."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if changelog is None else changelog
    return bool(re.search(rf"^## {re.escape(number)} - \d{{4}}-\d\d-\d\d$", text, re.MULTILINE))


def says_what_changed(number: str, changelog: str | None = None) -> bool:
    """Whether the changelog of this version has a list of formulas and claims."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") if changelog is None else changelog
    _, _, rest = text.partition(f"## {number} - ")
    return (
        "\n### Formulas and claims\n" in re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    )


@cache
def site_url() -> str:
    """The address of the published site, with a slash at the end."""
    import yaml  # docs_ext/publish.py runs without it

    # mkdocs.yml has tags of its own in general; here one line of it is wanted
    line = re.search(r"^site_url: .+$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert line
    return str(yaml.safe_load(line[0])["site_url"]).rstrip("/") + "/"


def _commit_time() -> int | None:
    """When the last commit was made, in this repository and in no other one around it."""
    if not (ROOT / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT, capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return int(done.stdout)


@cache
def built_on() -> date:
    """The date of the text: SOURCE_DATE_EPOCH, else the last commit, else the newest page.

    An archive made by git gives every file the time of its commit.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    time = int(seconds) if seconds else _commit_time()
    if time is None:
        time = int(max(path.stat().st_mtime for path in DOCS.rglob("*.md")))
    return datetime.fromtimestamp(time, UTC).date()
