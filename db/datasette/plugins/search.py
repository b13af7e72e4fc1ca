"""A Datasette plugin: the SQL functions that the canned queries use."""

import sqlite3

from datasette import hookimpl

from db.folding import fold, match_expression


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give each connection ``fold(text)`` and ``match_expression(query)``."""
    conn.create_function("fold", 1, fold, deterministic=True)
    conn.create_function("match_expression", 1, match_expression, deterministic=True)
