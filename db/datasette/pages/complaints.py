"""What SQLite and Datasette complain of in a statement, in Vietnamese, with the names that come nearest."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache

from db.datasette.pages.phrases import phrases
from schemas.nearest import nearest
from schemas.tables import everything

#: tables that have a column, as many as are named
_MOST = 4
_NAME = re.compile(r"\w+")


def explained(error: str, statement: str = "") -> str:
    """What is complained of, in Vietnamese; nothing where that is not known. ``statement`` says which tables are meant.

    >>> explained("no such table: souces"), explained("other")
    ('Không có bảng nào tên souces. Gần giống nhất: sources, successors.', '')
    >>> explained("no such column: s.naem", "SELECT s.naem FROM sources s")
    'Không có cột nào tên s.naem. Gần giống nhất: name.'
    """
    for written, instead in phrases()["complaints"].items():
        if found := re.fullmatch(written, error, re.DOTALL):
            return found.expand(instead) + _nearer(error, statement)
    return ""


def _nearer(error: str, statement: str) -> str:
    """What may have been meant by a name that is not there."""
    found = re.match(r'no such (\w+): "?([\w.]+)', error)
    look = _LOOKS.get(found[1]) if found else None
    return look(found[2].rpartition(".")[2], statement) if found and look else ""


def _column(name: str, statement: str) -> str:
    """Of the tables that the statement names, or of all where it names none; or where the column really is."""
    tables = everything()
    named = {word.lower() for word in _NAME.findall(statement)}
    meant = [table for table in tables if table.lower() in named] or list(tables)
    here = dict.fromkeys(column.name for table in meant for column in tables[table].columns)
    there = [table for table in tables if name.lower() in (column.name for column in tables[table].columns)]
    if there and name.lower() not in here:
        return f" Cột {name.lower()} có ở: {', '.join(there[:_MOST])}."
    return _listed(nearest(name, here))


def _table(name: str, statement: str) -> str:
    """By name, or by what it is called in Vietnamese."""
    tables = everything()
    titles = {table.title: key for key, table in tables.items()}
    near = nearest(name, tables) or [titles[title] for title in nearest(name, titles, most=1)]
    return _listed(near)


def _function(name: str, statement: str) -> str:
    return _listed(nearest(name, _functions()))


@cache
def _functions() -> tuple[str, ...]:
    """The functions there are: SQLite's, and those of ``plugins/search.py``."""
    with closing(sqlite3.connect(":memory:")) as memory:
        known = [str(name) for (name,) in memory.execute("SELECT DISTINCT name FROM pragma_function_list")]
    return ("fold", "match_expression", *(name for name in known if name.isidentifier()))


def _listed(names: list[str]) -> str:
    return f" Gần giống nhất: {', '.join(names)}." if names else ""


_LOOKS: dict[str, Callable[[str, str], str]] = {"column": _column, "table": _table, "function": _function}
