"""SQL made from the description of the tables in ``schemas.tables``."""

from __future__ import annotations

from sqlite_utils import Database

from schemas.tables import Column, Table, tables, views

_FTS_TOKENS = "tokenize='unicode61 remove_diacritics 2'"


def create_since(db: Database, migration: int) -> None:
    """Create what the description dates to ``migration``: new tables with their indices, new columns and indices."""
    for table in tables().values():
        if table.since == migration:
            for statement in create_table(table, migration):
                db.execute(statement)
        for index in table.later_indexes:
            if index.since == migration:
                db.execute(_create_index(table.name, index.columns, index.where))
        if table.since == migration:
            continue
        if table.since < migration:
            for column in table.columns:
                if column.since == migration:
                    db.execute(f"ALTER TABLE {quoted(table.name)} ADD COLUMN {_column(column)}")


def create_table(table: Table, migration: int) -> list[str]:
    """The statements that make a table as it was at ``migration``."""
    if table.kind == "fts":
        # Contentless: the rows it indexes are never changed or removed, and the text is not stored twice.
        names = ", ".join(column.name for column in table.columns)
        return [f"CREATE VIRTUAL TABLE {quoted(table.name)} USING fts5({names}, content='', {_FTS_TOKENS})"]
    columns = [column for column in table.columns if column.since <= migration]
    integer_key = len(table.pk) == 1 and table.column(table.pk[0]).type == "integer"
    lines = [
        _column(column) + (" PRIMARY KEY" if integer_key and column.name in table.pk else "") for column in columns
    ]
    if not integer_key:
        lines.append(f"PRIMARY KEY ({_names(table.pk)})")
    lines += [f"UNIQUE ({_names(key)})" for key in table.unique]
    lines += [
        f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {quoted(key.table)} ({_names(key.others)})"
        for key in table.foreign
    ]
    body = ",\n  ".join(lines)
    options = "STRICT, WITHOUT ROWID" if table.clustered else "STRICT"
    made = [f"CREATE TABLE {quoted(table.name)} (\n  {body}\n) {options}"]
    made += [_create_index(table.name, key) for key in table.indexes]
    return made


def _create_index(table: str, columns: tuple[str, ...], where: str = "") -> str:
    only = f" WHERE {where}" if where else ""
    return f"CREATE INDEX {quoted('_'.join(('idx', table, *columns)))} ON {quoted(table)} ({_names(columns)}){only}"


def view_sql(view: Table) -> str:
    """The statement that makes a view."""
    columns = ",\n  ".join(f"{column.sql} AS {quoted(column.name)}" for column in view.columns)
    return f"CREATE VIEW {quoted(view.name)} AS SELECT\n  {columns}\nFROM {view.source}"


def views_current(db: Database) -> bool:
    """Whether the views of the file are those of the description."""
    return _present_views(db) == _wanted_views()


def refresh_views(db: Database) -> None:
    """Make every view as described, touching only those that differ; views hold no data, so they need no migration."""
    present, wanted = _present_views(db), _wanted_views()
    for name, sql in present.items():
        if sql != wanted.get(name):
            db.execute(f"DROP VIEW {quoted(name)}")
    for name, sql in wanted.items():
        if sql != present.get(name):
            db.execute(sql)


def _present_views(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())


def _wanted_views() -> dict[str, str]:
    return {name: view_sql(view) for name, view in views().items()}


def _column(column: Column) -> str:
    parts = [quoted(column.name), column.type.upper()]
    if not column.null:
        parts.append("NOT NULL")
    if column.checked:
        codes = ", ".join(f"'{code}'" for code in column.choices)
        parts.append(f"CHECK ({quoted(column.name)} IN ({codes}))")
    if column.ref:
        table, _, name = column.ref.partition(".")
        parts.append(f"REFERENCES {quoted(table)} ({quoted(name)})")
    return " ".join(parts)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(quoted(name) for name in names)


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
