"""The Chromium of the system, which tests, prints and Lighthouse drive."""

import os
import shutil

MISSING = "no browser: `apt-get install chromium`, or set CHROMIUM=/path/to/it"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser(*preferred: str) -> str | None:
    """Its path, if there is one; programs with the preferred names come first."""
    found = map(shutil.which, (*preferred, *NAMES))
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)
