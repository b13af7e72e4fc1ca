"""*Hướng dẫn* and *Từ điển*: Markdown beside this package, as pages."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Request
from markdown_it import MarkdownIt
from markupsafe import Markup

from db.datasette.pages.serving import static_url

_FOLDER = Path(__file__).parent.parent
#: pictures lie beside the text, where a reader of the files sees them too
_PICTURE = re.compile(r'src="screenshots/([a-z-]+\.png)"')
#: a day, a number, a code: never broken over lines
_WHOLE = re.compile(r"<td>(?=[^\s<]{1,26}</td>)")
_TWO_COLUMNS = re.compile(r"<table>(?=\s*<thead>\s*<tr>\s*(?:<th>[^<]*</th>\s*){1,2}</tr>)")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def guide(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """The tutorial."""
    return rendered("huong-dan.md")


def dictionary(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """The data dictionary."""
    return rendered("dictionary.md")


@cache
def rendered(name: str) -> dict[str, Any]:
    """A Markdown file as HTML (our own text; HTML inside it is shown, not obeyed) and its title."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->\n*", "", text)
    found = _HEADING.search(text)
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    html = _TWO_COLUMNS.sub('<table class="narrow">', _WHOLE.sub('<td class="whole">', html))
    # a table may be wider than a phone: it scrolls by itself, by keyboard too
    html = html.replace("<table", '<div class="scroll" tabindex="0" role="region" aria-label="Bảng"><table')
    html = _PICTURE.sub(lambda found: f'loading="lazy" src="{static_url(found[1])}"', html)
    html = html.replace("<pre>", '<pre tabindex="0">')
    return {"title": found[1] if found else name, "body": Markup(html.replace("</table>", "</table></div>"))}
