"""The one description of every table, view and column: type, Vietnamese and English text, unit, usage warning.

The texts are in ``data/tables.toml`` and ``data/views.toml``. What is made from them: the DDL of the migrations,
Datasette's metadata and the data dictionary. A column that is not described there cannot exist.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ColumnType = Literal["text", "integer", "real"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``ref`` is "table.column"; ``choices`` are code -> Vietnamese meaning; ``sql`` is a view column's expression."""

    name: str
    type: ColumnType
    vi: str
    en: str
    null: bool = False
    ref: str | None = None
    unit: str | None = None
    warning: str | None = None
    choices: dict[str, str] = field(default_factory=dict)
    checked: bool = False
    since: int = 1
    sql: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A key over several columns."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """The FTS table that searches this one, and the column here that holds its row ids."""

    table: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterIndex:
    """An index that a later migration adds to a table; ``where`` makes it hold only the rows that say so."""

    columns: tuple[str, ...]
    since: int
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, a full-text index (``kind`` "fts") or a view (``kind`` "view", with ``source`` behind its FROM)."""

    name: str
    title: str
    vi: str
    en: str
    columns: tuple[Column, ...]
    kind: Literal["table", "fts", "view"] = "table"
    pk: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    later_indexes: tuple[LaterIndex, ...] = ()
    foreign: tuple[ForeignKey, ...] = ()
    technical: bool = False
    clustered: bool = False
    label: str | None = None
    facets: tuple[str, ...] = ()
    sort: str | None = None
    sort_desc: str | None = None
    fts: SearchIndex | None = None
    since: int = 1
    source: str = ""

    def column(self, name: str) -> Column:
        """The column of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}; it has {', '.join(c.name for c in self.columns)}")


@cache
def tables() -> dict[str, Table]:
    """Tables and full-text indices by name, in the order of the file."""
    return {name: _table(name, dict(entry)) for name, entry in _read("tables.toml").items()}


@cache
def views() -> dict[str, Table]:
    """Views by name, in the order of the file."""
    return {name: _view(name, dict(entry)) for name, entry in _read("views.toml").items()}


def everything() -> dict[str, Table]:
    """Views first (people open those), then tables."""
    return views() | tables()


def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("schemas.data") / name).read_text(encoding="utf-8"))


def _table(name: str, entry: dict[str, Any]) -> Table:
    columns = tuple(Column(**{"since": entry.get("since", 1), **column}) for column in entry.pop("columns"))
    return Table(name=name, columns=columns, **_common(entry))


def _view(name: str, entry: dict[str, Any]) -> Table:
    aliases: dict[str, str] = entry.pop("tables")
    source: str = entry.pop("from").strip()
    columns = tuple(_view_column(column, aliases) for column in entry.pop("columns"))
    return Table(name=name, columns=columns, kind="view", source=source, **_common(entry))


def _view_column(entry: dict[str, Any], aliases: dict[str, str]) -> Column:
    """A plain "alias.column" takes over the texts of the column it shows; what the entry says itself goes first."""
    alias, _, shown = entry["sql"].partition(".")
    inherited: dict[str, Any] = {}
    if alias in aliases and shown.isidentifier():
        base = tables()[aliases[alias]].column(shown)
        inherited = {
            key: getattr(base, key) for key in ("name", "type", "vi", "en", "null", "unit", "warning", "choices")
        }
    return Column(**{**inherited, **entry})


def _common(entry: dict[str, Any]) -> dict[str, Any]:
    made = dict(entry)
    for key in ("pk", "facets"):
        made[key] = tuple(entry.get(key, ()))
    for key in ("unique", "indexes"):
        made[key] = tuple(tuple(columns) for columns in entry.get(key, ()))
    made["later_indexes"] = tuple(
        LaterIndex(columns=tuple(index["columns"]), since=index["since"], where=index.get("where", ""))
        for index in entry.get("later_indexes", ())
    )
    made["foreign"] = tuple(
        ForeignKey(columns=tuple(key["columns"]), table=key["table"], others=tuple(key["others"]))
        for key in entry.get("foreign", ())
    )
    made["fts"] = SearchIndex(**entry["fts"]) if "fts" in entry else None
    return made
