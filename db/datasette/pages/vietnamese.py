"""Datasette's own templates in Vietnamese: their phrases are replaced as they are compiled, by ``datasette.vi.toml``.

What comes from the database never passes here. A phrase that a later Datasette words otherwise stays English.
"""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request
from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

from db.datasette.pages import words
from db.datasette.pages.complaints import explained
from db.datasette.pages.phrases import said, title, translated
from db.datasette.pages.serving import environment, static_url


class Vietnamese(Extension):
    """Jinja asks it for every template before compiling."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source that is compiled."""
        return translated(source, name)


def prepare(made: Environment) -> None:
    """Give Datasette's templates our head and foot, numbers and words."""
    made.add_extension(Vietnamese)
    made.filters |= {"vi": said, "explained": explained}
    made.globals |= {
        "bantin_number": words.number,
        "bantin_chosen": chosen,
        "bantin_static": static_url,
        "bantin_title": title,
        "bantin_head": lambda: _macro("head", "/bantin", "", tag="div"),
        "bantin_foot": lambda: _macro("foot"),
    }


def chosen(
    filters: Any, search: str | None, sort: str | None, descending: str | None, request: Request | None = None
) -> str:
    """Which rows of a table are shown, and in which order (Datasette says it in English only)."""
    parts = [f"tìm “{search}”"] if search else []
    alone = {lookup for lookup, _, no_argument in filters.lookups() if no_argument} if filters else set()
    for column, lookup, value in filters.selections() if filters else ():
        parts.append(f"{column} {said(lookup)} {'' if lookup in alone else value}".rstrip())
    written = [text for name in ("_where", "_through") for text in request.args.getlist(name)] if request else []
    if written:
        parts.append(f"{f'{len(written)} ' if len(written) > 1 else ''}điều kiện viết bằng SQL")
    if sort or descending:
        parts.append(f"xếp theo {sort or descending}{'' if sort else ' giảm dần'}")
    return words.safe(f"({'; '.join(parts)})") if parts else ""


def _macro(name: str, *values: str, **named: str) -> Markup:
    module = environment().get_template("head.html").make_module()
    return Markup(getattr(module, name)(*values, **named))
