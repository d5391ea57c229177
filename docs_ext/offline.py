"""The site as one zip that is read from disk; MkDocs hook, active when OFFLINE is set.

Material's plugin `offline` makes the search work without a server. Opened from disk, a link to a
folder shows the folder, so every link is given its `index.html` at the end of the build.
`make offline` writes dist/lossref-<version>-offline.zip.
"""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from docs_ext import ROOT
from docs_ext.release import version

ACTIVE = bool(os.environ.get("OFFLINE"))
SHIM = "assets/iframe-worker.js"  # the plugin would ask another host for it
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>')  # refused on disk, and needless there
_LINK = re.compile(r'(?P<name> href=")(?P<path>[^":#?]*)(?P<rest>[#?][^"]*)?"')


@event_priority(100)  # before the plugin reads it
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Switch the plugin on."""
    if ACTIVE:
        config.plugins["material/offline"].config["enabled"] = True
        config.extra["polyfills"] = [SHIM]
        # on disk it has nothing to fetch, and ends `document$`, which starts our own scripts
        config.theme["features"].remove("navigation.instant")
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Keep the addresses of the site: the plugin would turn folders into files."""
    if ACTIVE:
        config.use_directory_urls = True


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the script that stands in for a worker, which no page on disk may start."""
    if ACTIVE:
        path = str(Path(__file__).with_name("iframe-worker.js"))
        files.append(File.generated(config, SHIM, abs_src_path=path))
    return files


def with_index(html: str, page: Path) -> str:
    """Every link to a folder that has an index.html, with it."""

    def full(match: re.Match[str]) -> str:
        path = match["path"]
        if (path and not path.endswith(("/", "."))) or path.startswith("/"):
            return match[0]
        if not path and not match["rest"]:
            path = "./"
        if not path or not (page.parent / unquote(path) / "index.html").is_file():
            return match[0]
        folder = path if path.endswith("/") else f"{path}/"
        return f'{match["name"]}{folder.removeprefix("./")}index.html{match["rest"] or ""}"'

    return _LINK.sub(full, _PRELOAD.sub("", html))


@event_priority(-110)  # after the plugin has written its index
def on_post_build(config: MkDocsConfig) -> None:
    """Mend the links, then pack."""
    if not ACTIVE:
        return
    site = Path(config.site_dir)
    for page in site.rglob("*.html"):
        page.write_text(with_index(page.read_text("utf-8"), page), encoding="utf-8")
    index = site / "search" / "search_index.js"
    text = re.sub(
        r'("location": ?")([^"#]*/|)(#[^"]*)?"', r'\1\2index.html\3"', index.read_text("utf-8")
    )
    index.write_text(text, encoding="utf-8")
    name = ROOT / "dist" / f"lossref-{version()}-offline"
    name.parent.mkdir(exist_ok=True)
    shutil.make_archive(str(name), "zip", site.parent, site.name)
