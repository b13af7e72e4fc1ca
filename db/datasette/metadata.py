"""Datasette's metadata, made from ``schemas.tables``, the canned queries and the sources in the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db import queries
from db.datasette.pages.words import link, safe
from db.store import open_database
from schemas.tables import Column, Table, everything

TITLE = "bantin: số liệu từ bản tin"
DESCRIPTION = (
    "Số liệu trích từ bản tin của các cổng thông tin điện tử, mỗi số liệu kèm câu văn gốc. "
    "Nên bắt đầu từ bảng figures_full (Số liệu)."
)
#: sqlite-utils' own table, the one that is not described
_MIGRATIONS = "_sqlite_migrations"
UNKNOWN_LICENSE = "Theo quy định của từng cổng thông tin"


def build(db_path: Path, *, limit_sources: int = 10) -> dict[str, Any]:
    """The metadata for the database at ``db_path``; names at most ``limit_sources`` portals as its source."""
    db = open_database(db_path, readonly=True)
    try:
        sources = list(db.query("SELECT name, url, license FROM sources ORDER BY name"))
    finally:
        db.close()
    names = [safe(source["name"]) for source in sources]
    more = f" và {len(names) - limit_sources} cổng khác" if len(names) > limit_sources else ""
    licenses = sorted({safe(source["license"]) for source in sources if source["license"]})
    about: dict[str, Any] = {
        "title": TITLE,
        "description": DESCRIPTION,
        "license": "; ".join(licenses) or UNKNOWN_LICENSE,
        "source": (", ".join(names[:limit_sources]) + more) or "Chưa có nguồn nào",
    }
    if len(sources) == 1 and (address := link(sources[0]["url"])):
        about["source_url"] = address
    database = {
        "description": DESCRIPTION,
        "source": about["source"],
        "license": about["license"],
        "tables": {name: _table(table) for name, table in everything().items()} | {_MIGRATIONS: {"hidden": True}},
        "queries": {query.name: _query(query) for query in queries.load()},
    }
    return about | {"databases": {Path(db_path).stem: database}}


#: what Datasette 1.0 calls configuration; the rest of a table's entry stays metadata
_CONFIGURED = ("hidden", "label_column", "facets", "sort", "sort_desc", "fts_table", "fts_pk")


def for_datasette_1(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same in the layout of Datasette 1.0: its two files, {"metadata": ..., "config": ...}.

    1.0 keeps what describes (titles, descriptions, columns, source, licence) in its metadata and moves what changes
    behaviour (queries, hidden tables, facets, order, search) into its configuration.
    """
    metadata = {name: value for name, value in made.items() if name != "databases"}
    config: dict[str, Any] = {"databases": {}}
    metadata["databases"] = {}
    for name, database in made["databases"].items():
        said = {key: value for key, value in database.items() if key not in ("tables", "queries")}
        said["tables"], behaves = {}, {}
        for table, entry in database["tables"].items():
            said["tables"][table] = {key: value for key, value in entry.items() if key not in _CONFIGURED}
            if configured := {key: entry[key] for key in _CONFIGURED if key in entry}:
                behaves[table] = configured
        metadata["databases"][name] = said
        config["databases"][name] = {"tables": behaves, "queries": database["queries"]}
    return {"metadata": metadata, "config": config}


def describe(column: Column) -> str:
    """What a column holds, in Vietnamese: meaning, codes, unit, warning."""
    parts = [column.vi.rstrip(".") + "."]
    if column.choices:
        codes = ", ".join(f"{code} ({meaning})" for code, meaning in column.choices.items())
        parts.append(f"Các mã: {codes}.")
    if column.unit:
        # Not Datasette's own "units": it computes with them by pint, which does not know "ký tự".
        parts.append(f"Đơn vị: {column.unit}.")
    if column.warning:
        parts.append(f"Lưu ý: {column.warning}")
    return " ".join(parts)


def _table(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": table.title,
        "description": table.vi,
        "columns": {column.name: describe(column) for column in table.columns},
    }
    if table.technical:
        made["hidden"] = True
    if table.label:
        made["label_column"] = table.label
    if table.facets:
        made["facets"] = list(table.facets)
    if table.sort:
        made["sort"] = table.sort
    if table.sort_desc:
        made["sort_desc"] = table.sort_desc
    if table.fts:
        made["fts_table"] = table.fts.table
        made["fts_pk"] = table.fts.key
    return made


def _query(query: queries.Query) -> dict[str, Any]:
    params = "; ".join(f"{name}: {meaning}" for name, meaning in query.params.items())
    made: dict[str, Any] = {
        "title": query.title,
        "description": query.description + (f" Tham số {params}." if params else ""),
        "sql": query.sql,
        "hide_sql": True,
    }
    if query.params:
        made["params"] = list(query.params)
    if query.chart:
        made["fragment"] = query.chart
    return made
