"""How a page is answered: one snapshot of the database, one template, headers that keep scripts of strangers out."""

from __future__ import annotations

import hashlib
import mimetypes
import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from db.datasette.pages import words
from db.datasette.pages.phrases import translated
from schemas.words.evidence import rule_name
from schemas.words.labels import meaning

Made = TypeVar("Made")
Handler = Callable[[sqlite3.Connection, Request], "Made"]

#: nothing but our own files; no inline script, no inline style, no frame, no form that leaves
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Datasette's own pages have inline scripts and styles, and its charts (vega) compile expressions
DATASETTE_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
STATIC = "/bantin-static/"
#: what the head of every page leads to: address, name, what is there
PLACES = (
    ("/", "Trang chủ", "số liệu mới nhất, mức thực hiện kế hoạch, nguồn tin, sự cố"),
    ("/chi-tieu", "Chỉ tiêu", "mỗi chỉ tiêu qua các kỳ, bên cạnh kế hoạch, theo địa bàn"),
    ("/kiem-tra", "Kiểm tra", "những chỗ số liệu mâu thuẫn với nhau"),
    ("/dia-ban", "Địa bàn", "trước và sau các lần sắp xếp, và số liệu của từng nơi"),
    ("/chat-luong", "Chất lượng", "nguồn nào đọc được đến đâu"),
    ("/huong-dan", "Hướng dẫn", "hỏi từng bước, kèm câu trả lời mẫu"),
)


class MissingError(Exception):
    """What was asked for is not there; the message says what to do instead (Vietnamese)."""


class GoneError(MissingError):
    """It was there and will not come back."""


class MovedError(Exception):
    """It is at another address, which is the argument."""


async def read(datasette: Datasette, look: Callable[[sqlite3.Connection], Made]) -> Made:
    """What ``look`` reads, all of it from one state of the database; raises QueryInterrupted after the time limit."""
    database = datasette.get_database()
    limit = datasette.setting("sql_time_limit_ms")

    def within(connection: sqlite3.Connection) -> Made:
        connection.execute("BEGIN")
        try:
            with sqlite_timelimit(connection, limit):
                return look(connection)
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, "", None) from error
            raise
        finally:
            connection.rollback()

    made: Made = await database.execute_fn(within)
    return made


def page(template: str, look: Handler[Mapping[str, Any]]) -> Callable[..., Any]:
    """A view for Datasette: what ``look`` reads, shown in ``template``."""

    async def view(datasette: Datasette, request: Request) -> Response:
        try:
            values = await read(datasette, lambda connection: look(connection, request))
        except MissingError as missing:
            return answer(
                "missing.html",
                {"message": str(missing)},
                request,
                status=410 if isinstance(missing, GoneError) else 404,
            )
        except MovedError as moved:
            return Response("", status=302, headers={"Location": moved.args[0], **HEADERS})
        except QueryInterrupted:
            message = "Câu hỏi này mất quá nhiều thời gian nên đã được dừng lại. Hãy thu hẹp phạm vi rồi thử lại."
            return answer("missing.html", {"message": message}, request, status=503)
        return answer(template, values, request, status=values.get("answer", 200))

    return view


def plain(content_type: str, look: Handler[str]) -> Callable[..., Any]:
    """A view whose answer is no page: a feed."""

    async def view(datasette: Datasette, request: Request) -> Response:
        body = await read(datasette, lambda connection: look(connection, request))
        return Response(body, content_type=content_type, headers={"Content-Security-Policy": POLICY, **HEADERS})

    return view


def answer(template: str, values: Mapping[str, Any], request: Request, status: int = 200) -> Response:
    """A page made from a template."""
    shared = {"path": request.path, "query": request.args.get("q") or "", "static": static_url}
    body = environment().get_template(template).render(**{**shared, **values})
    headers = {"Content-Security-Policy": POLICY, **HEADERS}
    return Response(body, status=status, content_type="text/html; charset=utf-8", headers=headers)


@cache
def environment() -> Environment:
    """The templates, with everything escaped and nothing undefined."""
    made = Environment(
        loader=PackageLoader("db.datasette", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # every expression of a template passes here: what steers a page is replaced wherever it comes from
        finalize=lambda value: words.safe(value) if isinstance(value, str) and type(value) is str else value,
    )
    filters = (words.number, words.amount, words.day, words.moment, words.safe, words.link, words.cut)
    made.filters |= {made_filter.__name__: made_filter for made_filter in (*filters, words.sentence_case)}
    made.globals |= {
        "period": words.period,
        "called": words.called,
        "meaning": meaning,
        "rule_name": rule_name,
        "nav_pages": PLACES,
    }
    return made


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """Our own style, script and icon, and the tutorial's pictures: name to content and type."""
    here = files("db.datasette")
    own = {
        item.name: (item.read_bytes(), _type(item.name))
        for folder in ("static", "screenshots")
        for item in here.joinpath(folder).iterdir()
        if item.name.endswith((".css", ".js", ".svg", ".png"))
    }
    # the menus in the heads of Datasette's tables are made by its script
    menus = files("datasette").joinpath("static", "table.js").read_text(encoding="utf-8")
    return own | {"table.js": (translated(menus, "table.js").encode(), _type("table.js"))}


def _type(name: str) -> str:
    """The Content-Type of one of our own files."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return kind if kind == "image/png" else f"{kind}; charset=utf-8"


def static_url(name: str) -> str:
    """The address of one of our own files; it changes with the content, so that browsers may keep it."""
    return f"{STATIC}{name}?v={hashlib.sha256(assets()[name][0]).hexdigest()[:10]}"


async def static(request: Request) -> Response:
    """One of our own files."""
    found = assets().get(request.url_vars["name"])
    if found is None:
        return Response("không có tệp này", status=404, content_type="text/plain; charset=utf-8")
    body, kind = found
    headers = {"Cache-Control": "public, max-age=31536000, immutable", **HEADERS}
    return Response(body, content_type=kind, headers=headers)
