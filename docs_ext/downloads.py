"""Files to take along: of every figure, and of two pages for print; MkDocs hook.

    python -m docs_ext.downloads      prints them from site/ with the Chromium of the system

Those prints land in .cache/print under a digest of all sources, so that a build offers them only
as long as nothing has changed since; without them a page says how to print it. `make pdf` builds,
prints, and builds again.
"""

import functools
import hashlib
import html
import http.server
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_ext import CACHE, ROOT
from docs_ext.chromium import FLAGS, MISSING, browser
from docs_ext.figures import FILES, drawings, figure_file

SITE = ROOT / "site"
# file: (page, paper, what the link says)
PRINTS = {
    "cheat-sheet-a4.pdf": ("teach/cheat-sheet/", {"format": "A4"}, "PDF, A4"),
    "cheat-sheet-letter.pdf": ("teach/cheat-sheet/", {"format": "Letter"}, "PDF, letter"),
    "slides.pdf": ("teach/slides/", {"width": "338.7mm", "height": "190.5mm"}, "PDF, 16:9"),
}
DRAWINGS = {"cheat-sheet.svg": ("cheat-sheet-a4.pdf", "SVG")}
_PLACE = re.compile(r'<p class="downloads"[^>]*></p>')


@functools.cache
def folder() -> Path:
    """Where the files for these very sources are, or will be."""
    key = hashlib.sha256()
    for part in ("docs", "docs_ext", "lossref", "snippets"):
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                key.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return CACHE / "print" / key.hexdigest()[:16]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def print_all(target: Path) -> None:
    """Print the pages of site/ into a folder."""
    from playwright.sync_api import sync_playwright

    program = browser()
    if not program:
        sys.exit(MISSING)
    target.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Quiet, directory=SITE)
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = chromium.new_page(color_scheme="light")
        for name, (url, paper, _) in PRINTS.items():
            page.goto(f"http://127.0.0.1:{server.server_port}/{url}", timeout=90_000)
            page.reload()  # its font is optional: used when it is there at once, from the cache
            page.emulate_media(media="print")
            page.evaluate("document.fonts.ready")
            page.pdf(path=target / name, print_background=True, **paper)  # type: ignore[arg-type]
        chromium.close()
        server.shutdown()
    for name, (source, _) in DRAWINGS.items():
        if not shutil.which("pdftocairo"):
            sys.exit("no pdftocairo: `apt-get install poppler-utils`")
        subprocess.run(["pdftocairo", "-svg", target / source, target / name], check=True)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the figures as files, and what was printed of these sources."""
    for snippet in drawings():
        for kind in FILES:
            uri, path = f"figures/{snippet.name}.{kind}", figure_file(snippet, kind)
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    for name in (*PRINTS, *DRAWINGS):
        path = folder() / name
        if path.is_file():
            files.append(File.generated(config, f"teach/{name}", abs_src_path=str(path)))
    return files


def on_page_content(text: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill the place for downloads of a page."""
    if not _PLACE.search(text):
        return text
    found = {name: words for name, (url, _, words) in PRINTS.items() if url == page.url}
    found |= {name: words for name, (of, words) in DRAWINGS.items() if of in found}
    links = [
        f'<a href="../{name}" download>{html.escape(what)}</a>'
        for name, what in found.items()
        if (folder() / name).is_file()
    ]
    offer = "Download: " + ", ".join(links) if links else "To have it on paper, print this page"
    return _PLACE.sub(f'<p class="downloads" data-search-exclude>{offer}.</p>', text)


if __name__ == "__main__":
    print_all(folder())
