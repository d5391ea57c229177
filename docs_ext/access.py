"""What the theme and Markdown leave out for readers with a screen reader; MkDocs hook."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# a section with a page of its own has an empty label; the heading inside has the name
_SECTION = re.compile(
    r'(<nav class="md-nav" data-md-level="\d+" aria-label)ledby="[^"]*"([^>]*>\s*'
    r'<label class="md-nav__title"[^>]*>\s*<span class="md-nav__icon md-icon"></span>\s*)'
    r"(?P<title>[^<]*?)(?P<end>\s*</label>)"
)
_SEARCH = 'data-md-component="search" role="dialog"'


def named(output: str) -> str:
    """Each section of the navigation with its name, and the search."""
    output = output.replace(_SEARCH, f'{_SEARCH} aria-label="Search"')
    return _SECTION.sub(
        lambda match: f'{match[1]}="{match["title"]}"{match[2]}{match["title"]}{match["end"]}',
        output,
    )


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """An empty corner of a table heads nothing."""
    return html.replace("<th></th>", "<td></td>")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the sections."""
    return named(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Name them on the page for what is not found, too."""
    return named(output)
