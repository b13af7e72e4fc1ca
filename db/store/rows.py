"""Writing rows fast: SQL made once a table, ``executemany`` inside the caller's transaction.

sqlite-utils' ``insert_all`` looks at every row to make the table fit it, which costs several times the insert itself;
here the table is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlite_utils import Database

from db.ddl import quoted
from schemas.tables import tables

Row = dict[str, Any]
Values = tuple[Any, ...]


def columns_without(table: str, *left_out: str) -> tuple[str, ...]:
    """The table's columns in its order, but for some."""
    return tuple(column.name for column in tables()[table].columns if column.name not in left_out)


@cache
def _insert_sql(table: str, ignore: bool) -> str:
    names = [column.name for column in tables()[table].columns]
    columns = ", ".join(quoted(name) for name in names)
    values = ", ".join(f":{name}" for name in names)
    conflict = " ON CONFLICT DO NOTHING" if ignore else ""
    return f"INSERT INTO {quoted(table)} ({columns}) VALUES ({values}){conflict}"


@cache
def _values_sql(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(quoted(name) for name in columns)
    return f"INSERT INTO {quoted(table)} ({names}) VALUES ({', '.join('?' * len(columns))})"


def insert_values(db: Database, table: str, columns: tuple[str, ...], rows: Iterable[Values]) -> None:
    """Insert rows whose values are in the order of ``columns``; a row that is already there is an error."""
    db.conn.executemany(_values_sql(table, columns), rows)


def insert(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Insert rows, each with every column of the table; a row that is already there is an error."""
    db.conn.executemany(_insert_sql(table, False), rows)


def insert_new(db: Database, table: str, row: Row) -> bool:
    """Insert a row unless its key is there already; says whether it was new."""
    return bool(db.conn.execute(_insert_sql(table, True), row).rowcount)


def next_key(db: Database, table: str, column: str = "key") -> int:
    """The first free number of an integer key."""
    return int(db.conn.execute(f"SELECT coalesce(max({quoted(column)}), 0) + 1 FROM {quoted(table)}").fetchone()[0])
