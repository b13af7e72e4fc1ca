"""A Datasette plugin: the pages for readers, the way to them from Datasette's own, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette import hookimpl

from db.datasette.pages.routes import ROUTES
from db.datasette.pages.serving import DATASETTE_POLICY, HEADERS
from db.datasette.pages.words import safe

_LINKS = {
    "/": "Trang chủ",
    "/chi-tieu": "Chỉ tiêu",
    "/kiem-tra": "Kiểm tra",
    "/dia-ban": "Địa bàn",
    "/chat-luong": "Chất lượng",
    "/huong-dan": "Hướng dẫn",
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our addresses come before Datasette's."""
    return ROUTES


@hookimpl  # type: ignore[untyped-decorator]
def menu_links() -> list[dict[str, str]]:
    """The menu of Datasette's own pages."""
    return [{"href": href, "label": label} for href, label in _LINKS.items()]


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any) -> str | None:
    """Scraped text in Datasette's tables: what turns the direction of writing is shown, not obeyed."""
    if isinstance(value, str) and (made := safe(value)) != value:
        return made
    return None


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[Any], Any]:
    """A policy for every answer that brings none: no file, script or frame from elsewhere."""

    def wrap(app: Any) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            async def sent(event: Any) -> None:
                if event["type"] == "http.response.start":
                    headers = list(event.get("headers") or [])
                    present = {name.lower() for name, _ in headers}
                    for name, value in {"Content-Security-Policy": DATASETTE_POLICY, **HEADERS}.items():
                        if name.lower().encode() not in present:
                            headers.append([name.lower().encode(), value.encode()])
                    event = {**event, "headers": headers}
                await send(event)

            await app(scope, receive, sent)

        return answer

    return wrap
