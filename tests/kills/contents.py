"""What a home holds, in a form in which a run that was killed and repeated can be compared with an undisturbed one.

Left out are only ``runs`` and ``fetch_log`` (a killed run has rows there, as it should) and ``imports`` (a row for each
file of each run; that no page is counted twice in it is checked apart). Everything else is compared row by row, after:

- run ids become the kind of the run: they hold the time of day, and a number where two began in the same second;
- integer keys (figures, findings, search entries) become what they stand for: bulletin, run, place. They are given in
  order of loading, which a kill may change, and nothing outside the database knows them;
- place in the archive (segment, offset, length) becomes the hash of the body that is read from there: a record that
  was written again after a kill lies elsewhere and holds the same. So every row's body is read back, too;
- the home's own path, where a text names it, becomes "HOME";
- the state from which a bulletin's observations were made is a hash over such run ids; it is left out, and instead the
  program is asked whether it finds any bulletin whose observations are not up to date;
- an import's id becomes the hash of its file; the id of an error, a hash over a text with such a place, is left out;
- rows are sorted, and the search indexes are compared word by word (document, column, position), not by their pages.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from typing import Any

from db.archive import Archive
from db.home import Home
from db.observations import find_stale
from db.store import indexed_refs, open_database
from extractors.areas import areas_version
from extractors.fingerprint import deriving_fingerprint
from schemas.captures import ArchiveRef
from schemas.indicators import catalogue_version

_RUN = re.compile(r"\b\d{8}T\d{6}Z-([a-z]+)(-\d+)?\b")
_PLACE = re.compile(r"segment \S+ at \d+")
_LEFT_OUT = ("runs", "fetch_log", "imports")
_KEYS = {
    "figures": "SELECT key, bulletin_id || ' ' || run_id || ' ' || id FROM figures",
    "findings": "SELECT key, bulletin_id || ' ' || run_id || ' ' || position FROM findings",
    "bulletins": "SELECT search_key, id FROM bulletins",
}
#: columns that hold keys of the tables above
_OF = {"figure_key": "figures", "target_key": "figures", "finding_key": "findings", "search_key": "bulletins"}
_INDEXES = {"figures_fts": "figures", "bulletins_fts": "bulletins"}

Contents = dict[str, list[str]]


def contents(home: Home) -> Contents:
    """Table -> its rows as texts, sorted."""
    db = open_database(home.database, readonly=True)
    try:
        made = _contents(db.conn, Archive(home.archive), str(home.root))
        made["stale observations"] = sorted(
            find_stale(db, (catalogue_version(), areas_version(), deriving_fingerprint())).states
        )
        return made
    finally:
        db.close()


def sound(home: Home) -> None:
    """The archive verifies (a torn end is what a kill leaves, and no error), and holds every body the index knows."""
    db = open_database(home.database, readonly=True)
    try:
        report = Archive(home.archive).verify(expected=list(indexed_refs(db)))
        assert db.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        pages = db.conn.execute("SELECT coalesce(sum(pages), 0) FROM imports").fetchone()
        assert pages == db.conn.execute("SELECT count(*) FROM captures WHERE import_id IS NOT NULL").fetchone()
    finally:
        db.close()
    assert report.ok, [str(problem) for problem in report.problems]


def seen(home: Home) -> list[tuple[Any, ...]]:
    """What people see: current figures, observations, bulletins."""
    db = open_database(home.database, readonly=True)
    try:
        views = ("figures_full", "observations", "bulletins_current")
        return [row for view in views for row in db.conn.execute(f"SELECT * FROM {view} ORDER BY 1, 2, 3").fetchall()]
    finally:
        db.close()


def _contents(connection: sqlite3.Connection, archive: Archive, root: str) -> Contents:
    names = {table: {key: _plain(name) for key, name in connection.execute(sql)} for table, sql in _KEYS.items()}
    for table, known in names.items():
        assert len(set(known.values())) == len(known), f"{table}: a row is there twice"
    files = dict(connection.execute("SELECT id, sha256 FROM imports"))
    found: Contents = {}
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table in _LEFT_OUT or table.startswith("sqlite_") or "_fts" in table:
            continue
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        for row in rows:
            _normalise(table, row, names, files, archive)
        found[table] = sorted(repr(row).replace(root, "HOME") for row in rows)
    for index, table in _INDEXES.items():
        connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, '{index}', 'instance')")
        words = connection.execute("SELECT term, doc, col, offset FROM temp.words")
        found[index] = sorted(f"{names[table][doc]} {col} {offset} {term}" for term, doc, col, offset in words)
        connection.execute("DROP TABLE temp.words")
    return found


def _normalise(
    table: str, row: dict[str, Any], names: dict[str, dict[int, str]], files: dict[str, str], archive: Archive
) -> None:
    if table == "_sqlite_migrations":
        del row["id"], row["applied_at"]
    if table == "run_errors":
        del row["id"]
    if table == "observation_documents":
        del row["state"]
    if table == "captures":
        ref = ArchiveRef(row.pop("segment"), row.pop("offset"), row.pop("length"))
        row["body"] = hashlib.sha256(archive.read(ref).body).hexdigest()
        row["import_id"] = files.get(row["import_id"])
    if table in ("figures", "findings"):
        row["key"] = names[table][row["key"]]
    for column, of in _OF.items():
        if row.get(column) is not None:
            row[column] = names[of][row[column]]
    for column, value in row.items():
        if isinstance(value, str):
            row[column] = _plain(value)


def _plain(text: str) -> str:
    return _PLACE.sub("segment S at N", _RUN.sub(r"\1", text))
