"""A Datasette plugin: the SQL functions that the canned queries use."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from datasette import hookimpl

from db.folding import fold, match_expression

if TYPE_CHECKING:
    from pluggy import HookimplMarker

#: Datasette tells no types; pluggy, which makes it, does
hook: HookimplMarker = hookimpl


@hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give each connection ``fold(text)`` and ``match_expression(query)``."""
    conn.create_function("fold", 1, fold, deterministic=True)
    conn.create_function("match_expression", 1, match_expression, deterministic=True)
