"""The folder that is served: the newest version at the root, every released one under its number.

    python -m docs_ext.publish site versions pages                    after a push to main
    python -m docs_ext.publish site versions pages --release 0.2.0    after a tag

    /            the newest release; until there is one, what was just built
    /0.2.0/      a release, as it was built then
    /dev/        what was just built, once there is a release
    /versions/   the list of all, and versions.json

`versions` holds the kept releases, a folder each (the branch of that name), and `pages` is made
anew. A release is kept once and never changed. In `pages` its copy gets a banner if it is not the
newest, and canonical links that lead to the newest version of each page, if that still has it.
This is no plugin of the generator, and needs nothing but Python: it outlives the generator.
"""

import argparse
import html
import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin

from docs_ext import DocsError
from docs_ext.release import is_released, says_what_changed

NUMBER = re.compile(r"\d+\.\d+\.\d+")
DEV = "dev"
_CANONICAL = re.compile(r'(<link rel="canonical" href=")([^"]*)(">)')
_BODY = re.compile(r"<body[^>]*>\n?")
_SWAPPED = re.compile(r'<div data-md-component="announce">\s*')  # when Material follows a link


def kept(versions: Path) -> list[str]:
    """The numbers of the kept releases, the newest first."""
    found = [path.name for path in versions.iterdir() if NUMBER.fullmatch(path.name)]
    return sorted(found, key=lambda number: [*map(int, number.split("."))], reverse=True)


def keep(site: Path, versions: Path, number: str, changelog: str | None = None) -> None:
    """Put a built release among the kept ones."""
    if not NUMBER.fullmatch(number):
        raise DocsError(f"{number!r} is not a version such as 0.2.0")
    if not is_released(number, changelog):
        raise DocsError(f"CHANGELOG.md gives no date for version {number}")
    if not says_what_changed(number, changelog):
        raise DocsError(f"CHANGELOG.md has no 'Formulas and claims' for version {number}")
    built = json.loads((site / "formulas.json").read_text(encoding="utf-8"))["version"]
    if built != number:
        raise DocsError(f"the site was built as version {built}, not {number}")
    if (versions / number).exists():
        raise DocsError(f"version {number} was published already, and a release never changes")
    shutil.copytree(site, versions / number)


def root_url(site: Path) -> str:
    """The address of the site, from its home page."""
    link = _CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    if not link:
        raise DocsError(f"{site / 'index.html'} has no canonical link")
    return link[2]


def _exists(folder: Path, address: str, root: str) -> bool:
    path = folder / address.removeprefix(root).partition("#")[0]
    return path.is_file() or (path / "index.html").is_file()


def mark(text: str, page: str, root: str, folder: str, newest: Path, note: str | None) -> str:
    """A page of a version with its canonical link and, unless `note` is None, its banner."""

    def canonical(match: re.Match[str]) -> str:
        address = urljoin(root + page, match[2])
        if not _exists(newest, address, root):
            address = urljoin(f"{root}{folder}/", address.removeprefix(root))
        return f"{match[1]}{address}{match[3]}"

    text = _CANONICAL.sub(canonical, text)
    if note is None:
        return text
    here = root + page if _exists(newest, root + page, root) else root
    banner = (
        '<aside class="md-banner" style="font-size:max(.8rem,1em);padding:.6em 1em;'
        'color:#fff;background:#7a3b00">'
        f'{html.escape(note)} <a href="{here}" style="color:#fff;text-decoration:underline">'
        f"{'This page' if here != root else 'The site'} in the newest version</a></aside>"
    )
    place = _SWAPPED if _SWAPPED.search(text) else _BODY
    return place.sub(lambda match: match[0] + banner, text, count=1)


def _place(source: Path, pages: Path, folder: str, root: str, note: str | None) -> None:
    """Copy a version into its folder and mark its pages."""
    shutil.copytree(source, pages / folder)
    for path in sorted((pages / folder).rglob("*.html")):
        page = path.relative_to(pages / folder).as_posix().removesuffix("index.html")
        if page != "404.html":
            text = path.read_text(encoding="utf-8")
            path.write_text(mark(text, page, root, folder, pages, note), encoding="utf-8")


def compose(site: Path, versions: Path, pages: Path) -> None:
    """Make the folder that is served."""
    if pages.exists():
        raise DocsError(f"{pages} exists: it is made anew")
    numbers = kept(versions)
    shutil.copytree(versions / numbers[0] if numbers else site, pages)
    root = root_url(pages)
    for number in numbers:
        old = f"This is version {number} of lossref. The newest is {numbers[0]}."
        _place(versions / number, pages, number, root, None if number == numbers[0] else old)
    if numbers:
        note = f"This is the work on the version after {numbers[0]}, which is not finished."
        _place(site, pages, DEV, root, note)
    rows = [
        {
            "version": number,
            "date": json.loads((versions / number / "formulas.json").read_text("utf-8"))["date"],
            "url": f"{root}{number}/",
        }
        for number in numbers
    ]
    (pages / "versions").mkdir()
    (pages / "versions" / "index.html").write_text(_list(rows, root), encoding="utf-8")
    text = json.dumps(rows, indent=1) + "\n"
    (pages / "versions.json").write_text(text, encoding="utf-8")


def _list(rows: list[dict[str, str]], root: str) -> str:
    if rows:
        items = [
            f'<dt><a href="../{row["version"]}/">{row["version"]}</a></dt><dd>{row["date"]}</dd>'
            for row in rows
        ]
        items.append('<dt><a href="../dev/">dev</a></dt><dd>not released</dd>')
        shown = f"<dl>{''.join(items)}</dl>"
    else:
        shown = "<p>No version has been released yet. What you see is the work on the first.</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Versions - lossref</title>
<meta name="description" content="All released versions of lossref, each at an address that stays.">
<link rel="canonical" href="{root}versions/">
<link rel="icon" href="../assets/favicon.svg">
<link rel="stylesheet" href="../assets/equation.css">
</head>
<body>
<article>
<p class="site"><a href="../">lossref</a></p>
<h1>Versions</h1>
{shown}
<p>A released version never changes. To refer to one, put its number before the path:
<code>{root}0.1.0/eq/SCE.5/</code>. An address without a number leads to the newest version.</p>
</article>
</body>
</html>
"""


def main(arguments: list[str]) -> int:
    """Keep a release if there is one, then make the folder."""
    parser = argparse.ArgumentParser(description="Make the folder that is served.")
    for name in ("site", "versions", "pages"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--release", help="keep the site as this version")
    options = parser.parse_args(arguments)
    try:
        if options.release:
            keep(options.site, options.versions, options.release)
        compose(options.site, options.versions, options.pages)
    except DocsError as error:
        print(f"publish: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
