"""A Datasette plugin: the pages for readers, the way to them from Datasette's own, and what every answer must have."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any

import datasette.handle_exception
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup

from db.datasette.pages import uncounted, vietnamese
from db.datasette.pages.refused import forbidden, refused
from db.datasette.pages.routes import ROUTES
from db.datasette.pages.serving import DATASETTE_POLICY, HEADERS, static_url
from schemas.areatable import default_table

if TYPE_CHECKING:
    from pluggy import HookimplMarker

#: Datasette tells no types; pluggy, which makes it, does
hook: HookimplMarker = hookimpl

#: columns that hold an id, in canned queries and views, and where the id leads
_IDS = {"Mã số liệu": "/f/", "Mã số liệu đứng đầu": "/f/", "first_figure": "/f/", "figure_id": "/f/"}
_ID = re.compile(r"[0-9a-f]{20}")
#: what turns the direction of writing, in UTF-8; each takes three bytes there, as its replacement does
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNS_BYTES = re.compile(b"|".join(chr(code).encode() for code in range(0x200E, 0x206A) if _TURNS.match(chr(code))))
_SHOWN = "\ufffd".encode()
_ARABIC_TURN, _ARABIC_SHOWN = "\u061c".encode(), "\u00bf".encode()


@hook
def startup() -> None:
    """The table of areas is read before the first page asks for it, on a thread of its own."""
    # where rich is installed, Datasette shows it each error with all variables: for every mistyped address a screenful
    datasette.handle_exception.rich = None
    Thread(target=default_table, daemon=True).start()


@hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our addresses come before Datasette's."""
    return ROUTES


@hook
def prepare_jinja2_environment(env: Environment) -> None:
    """Datasette's own pages speak Vietnamese, in our frame."""
    vietnamese.prepare(env)


@hook
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Response | None:
    """What is not there or failed is said in Vietnamese, in our frame; what failed inside, on the console too."""
    answer = refused(request, exception, datasette.get_database().name)
    if answer is not None and answer.status >= 500 and isinstance(exception, DatasetteError):
        traceback.print_exception(exception)  # others of the inside Datasette prints by itself
    return answer


@hook(specname="forbidden")
def not_open(request: Request) -> Response:
    """What is not open to readers."""
    return forbidden(request)


@hook
def extra_css_urls() -> list[str]:
    """The style of Datasette's own pages."""
    return [static_url("frame.css"), static_url("datasette.css")]


@hook
def render_cell(value: Any, column: str, table: str | None) -> Markup | None:
    """Ids lead to the figure in its bulletin, and to the bulletin."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        return None
    base = "/ban-tin/" if column == "document_id" else _IDS.get(column)
    if table == "figures_full" and column == "id":
        base = "/f/"
    return Markup('<a href="{0}{1}">{1}</a>').format(base, value) if base else None


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """A policy for every answer that brings none; in pages (not in data), text that turns the writing is shown as such;
    the widest views of a large database without counts.

    Datasette escapes scraped text, but a direction that it sets would run on over the rest of the page.
    """

    def wrap(app: Any) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            page = False

            async def sent(event: Any) -> None:
                nonlocal page
                if event["type"] == "http.response.start":
                    headers = list(event.get("headers") or [])
                    present = {name.lower(): value for name, value in headers}
                    page = present.get(b"content-type", b"").startswith(b"text/html")
                    for name, value in {"Content-Security-Policy": DATASETTE_POLICY, **HEADERS}.items():
                        if name.lower().encode() not in present:
                            headers.append((name.lower().encode(), value.encode()))
                    event = {**event, "headers": headers}
                elif page and event.get("body"):
                    event = {**event, "body": harmless(event["body"])}
                await send(event)

            await app(await _asked(datasette, scope), receive, sent)

        return answer

    return wrap


async def _asked(datasette: Datasette, scope: Any) -> Any:
    """The request, with or without what Datasette would count for it."""
    database = datasette.get_database()
    view, _, ending = scope.get("path", "").removeprefix(f"/{database.name}/").partition(".")
    if view not in uncounted.WIDE:
        return scope
    many = (await database.execute("SELECT max(key) FROM figures")).first()[0] or 0
    if many < uncounted.MANY:
        return scope
    query = uncounted.uncounted(scope["query_string"].decode("latin-1"), page=not ending)
    return {**scope, "query_string": query.encode("latin-1")}


def harmless(body: bytes) -> bytes:
    """A page, of the same length, without characters that turn the direction of writing."""
    return _TURNS_BYTES.sub(_SHOWN, body).replace(_ARABIC_TURN, _ARABIC_SHOWN)
