"""Opening the database: settings of the connection, migrations, the refusal of a newer file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.ddl import refresh_views, views_current
from db.folding import fold, match_expression
from db.migrations import migrations

#: how long a connection waits for another's write, in seconds
BUSY_SECONDS = 30.0
_CACHE_KIB = 64 * 1024


class DatabaseVersionError(Exception):
    """The file does not fit this program."""


class NewerDatabaseError(DatabaseVersionError):
    """The file was written by a newer version: reading it with this one could show it wrongly."""


class OlderDatabaseError(DatabaseVersionError):
    """The file is older and was opened for reading only, so it cannot be brought up to date."""


def open_database(path: Path, *, readonly: bool = False) -> Database:
    """The database at ``path``, created or migrated as needed; with ``readonly`` nothing is written.

    WAL (readers see the last commit while a writer works), foreign keys on, waits ``BUSY_SECONDS`` for a writer.
    """
    path = Path(path)
    if readonly:
        if not path.exists():
            raise FileNotFoundError(
                f"{path}: no database there; bantin ingest makes one (BANTIN_HOME names the folder)"
            )
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    db = Database(connection)
    try:
        _prepare(db, path, readonly)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: Database, path: Path, readonly: bool) -> None:
    db.conn.execute("PRAGMA foreign_keys = ON")
    db.conn.create_function("fold", 1, fold, deterministic=True)
    db.conn.create_function("match_expression", 1, match_expression, deterministic=True)
    known = {step.name for step in migrations._migrations}
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        raise NewerDatabaseError(
            f"{path}: written by a newer version of bantin (it has {', '.join(newer)}, the last known here is "
            f"{max(known)}); update bantin, or set BANTIN_HOME to another folder"
        )
    pending = [step.name for step in migrations.pending(db)]
    if readonly:
        if pending:
            raise OlderDatabaseError(
                f"{path}: is older than this version (no {', '.join(pending)} yet) and open for reading only;"
                " any bantin ingest brings it up to date"
            )
        return
    if db.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        db.conn.execute("PRAGMA journal_mode = WAL")
    # FULL: a row that says "archived" or "loaded" must survive a power cut, like the record it speaks of.
    db.conn.execute("PRAGMA synchronous = FULL")
    if pending or not views_current(db):
        with writing(db):  # two processes may open a new file at once; the second finds nothing left to do
            migrations.apply(db)
            refresh_views(db)


def hold_transactions(db: Database) -> None:
    """Let this connection hold what a large transaction writes: in SQLite's 2 MB pages are written over and over."""
    db.conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that takes the write lock at its start, nested into a running one where there is one.

    ``db.atomic()`` alone begins as a reader: when another process writes between its first SELECT and its first
    INSERT, SQLite refuses at once instead of waiting.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
