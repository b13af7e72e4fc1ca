"""Deleting what was chosen (``db.store.chosen``) from every table, and its words from the search indices.

Which rows go follows from the foreign keys of ``schemas/data/tables.toml``: what hangs on a capture or a version that
goes, goes. So a new table is covered by its keys; one that holds content under a hash alone calls it ``text_sha256``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from db.ddl import quoted
from db.folding import fold
from db.observations import Fact, check_series, date_facts, put_down
from db.observations import forget as forget_observations
from db.store import chosen
from schemas.tables import Table, tables

#: foreign keys whose rows stay without what they pointed at
_LOOSE = {("fetch_log", "capture_id"), ("captures", "revisit_of")}
#: columns of an FTS table that are made of the others
_FOLDED = "folded"


class StillNeededError(Exception):
    """A record of another address refers to a body that is to go: it must be written anew first."""


def delete_chosen(db: Database, removal_id: str) -> Counter[str]:
    """Delete the chosen rows inside the caller's transaction; how many of which table."""
    counts: Counter[str] = Counter()
    needing = db.conn.execute(
        "SELECT id FROM captures WHERE revisit_of IN gone_captures AND id NOT IN gone_captures LIMIT 1"
    ).fetchone()
    if needing is not None:
        raise StillNeededError(f"the capture {needing[0]} refers to a body that is to go")
    chosen.note_content(db, removal_id)
    _keep_survivors(db)
    _unindex(db)
    counts["corrections"] = _corrections(db, removal_id)
    counts["run_errors"] = _errors(db, removal_id)
    touched = _observations(db)
    _fetch_log(db)
    # two captures of the same body that both go refer to each other
    db.conn.execute("UPDATE captures SET revisit_of = NULL WHERE id IN gone_captures")
    for table in ("bulletins", "captures"):
        _delete(db, tables()[table], f"id IN gone_{table}", counts)
    _by_hash(db, counts)
    _point_anew(db)
    date_facts(db, touched)
    put_down(db, touched)
    check_series(db)
    db.conn.execute(
        "DELETE FROM indicators WHERE generated = 1"
        " AND NOT EXISTS (SELECT 1 FROM observations_history o WHERE o.indicator = code)"
    )
    return +counts


def _delete(db: Database, table: Table, condition: str, counts: Counter[str]) -> None:
    """Delete rows of a table, and before them what refers to them."""
    for other in tables().values():
        for column in other.columns:
            name, _, key = (column.ref or "").partition(".")
            if name == table.name and (other.name, column.name) not in _LOOSE:
                inner = f"SELECT {quoted(key)} FROM {quoted(table.name)} WHERE {condition}"
                _delete(db, other, f"{quoted(column.name)} IN ({inner})", counts)
        for foreign in other.foreign:
            if foreign.table == table.name:
                theirs = ", ".join(quoted(one) for one in foreign.others)
                own = ", ".join(quoted(one) for one in foreign.columns)
                inner = f"SELECT {theirs} FROM {quoted(table.name)} WHERE {condition}"
                _delete(db, other, f"({own}) IN ({inner})", counts)
    gone = db.conn.execute(f"DELETE FROM {quoted(table.name)} WHERE {condition}").rowcount
    counts[table.name] += gone


def _keep_survivors(db: Database) -> None:
    """Versions that stay although a capture that showed them goes: they are then held by the next one."""
    db.conn.execute(
        "UPDATE bulletins SET capture_id = (SELECT g.capture_id FROM readings g JOIN captures k ON k.id = g.capture_id"
        " WHERE g.bulletin_id = bulletins.id AND g.capture_id NOT IN gone_captures ORDER BY k.time LIMIT 1)"
        " WHERE capture_id IN gone_captures AND id NOT IN gone_bulletins"
    )
    db.conn.execute(
        "UPDATE current_runs SET capture_id = (SELECT g.capture_id FROM readings g"
        " JOIN captures k ON k.id = g.capture_id WHERE g.bulletin_id = current_runs.bulletin_id"
        " AND g.capture_id NOT IN gone_captures ORDER BY k.time DESC LIMIT 1)"
        " WHERE capture_id IN gone_captures AND bulletin_id NOT IN gone_bulletins"
    )


def _unindex(db: Database) -> None:
    """Take the words out of the contentless indices: the values must be those that went in."""
    for name, where in (
        ("bulletins", "id IN gone_bulletins"),
        ("figures", "bulletin_id IN gone_bulletins"),
    ):
        index = tables()[name].fts
        assert index is not None
        plain = [column.name for column in tables()[index.table].columns if column.name != _FOLDED]
        rows = db.conn.execute(f"SELECT {quoted(index.key)}, {', '.join(plain)} FROM {quoted(name)} WHERE {where}")
        entries = [
            (key, *values, fold("\n".join(value or "" for value in values))) for key, *values in map(tuple, rows)
        ]
        names = ", ".join((index.table, "rowid", *plain, _FOLDED))
        marks = ", ".join("?" * (len(plain) + 2))
        db.conn.executemany(f"INSERT INTO {index.table} ({names}) VALUES ('delete', {marks})", entries)


def _corrections(db: Database, removal_id: str) -> int:
    """What people wrote against figures that go: it quotes them."""
    figures = "(SELECT id FROM figures WHERE bulletin_id IN gone_bulletins)"
    whole = (
        "(SELECT id FROM gone_documents WHERE NOT EXISTS (SELECT 1 FROM bulletins b"
        " WHERE b.document_id = gone_documents.id AND b.id NOT IN gone_bulletins))"
    )
    where = (
        f"figure_id IN {figures} OR mention IN {figures} OR bulletin IN gone_bulletins OR bulletin IN {whole}"
        f" OR document_id(coalesce(bulletin, '')) IN {whole}"
        " OR surt_key(coalesce(bulletin, '')) IN (SELECT key FROM removed_addresses WHERE removal_id = :id)"
    )
    values = {"id": removal_id}
    db.conn.execute(
        f"DELETE FROM figure_corrections WHERE figure_id IN {figures}"
        f" OR correction_id IN (SELECT id FROM corrections WHERE {where})",
        values,
    )
    return db.conn.execute(f"DELETE FROM corrections WHERE {where}", values).rowcount


def _errors(db: Database, removal_id: str) -> int:
    """Faults at the removed addresses: their reasons may quote the page."""
    return db.conn.execute(
        "DELETE FROM run_errors WHERE url IS NOT NULL"
        " AND surt_key(url) IN (SELECT key FROM removed_addresses WHERE removal_id = ?)",
        (removal_id,),
    ).rowcount


def _observations(db: Database) -> set[Fact]:
    """What was derived of these bulletins, or counted them as reprints; the survivors are derived anew."""
    owners = db.conn.execute(
        "SELECT id FROM gone_documents UNION SELECT o.document_id FROM observation_mentions m"
        " JOIN observations_history o ON o.id = m.observation_id WHERE m.bulletin_id IN gone_bulletins"
    ).fetchall()
    touched: set[Fact] = set()
    for (document,) in owners:
        touched |= forget_observations(db, document)
        db.conn.execute("DELETE FROM observation_documents WHERE document_id = ?", (document,))
    return touched


def _fetch_log(db: Database) -> None:
    """The requests stay, with address, time and outcome; what pointed at the content goes."""
    db.conn.execute(
        "UPDATE fetch_log SET capture_id = NULL, etag = NULL, last_modified = NULL, segment = NULL, offset = NULL,"
        " length = NULL WHERE capture_id IN gone_captures"
    )


def _by_hash(db: Database, counts: Counter[str]) -> None:
    """Rows that hold what was made of a text under its hash alone."""
    for table in tables().values():
        if table.kind != "table" or table.name == "bulletins":
            continue
        if any(column.name == "text_sha256" and column.ref is None for column in table.columns):
            condition = (
                "text_sha256 IN gone_texts"
                f" AND NOT EXISTS (SELECT 1 FROM bulletins b WHERE b.text_sha256 = {quoted(table.name)}.text_sha256)"
            )
            _delete(db, table, condition, counts)


def _point_anew(db: Database) -> None:
    """Bulletins that keep older versions show the latest of them."""
    db.conn.execute(
        "INSERT INTO current_runs (document_id, bulletin_id, run_id, capture_id)"
        " SELECT document_id, bulletin_id, run_id, capture_id FROM ("
        " SELECT b.document_id, v.bulletin_id, v.run_id, g.capture_id, row_number() OVER"
        " (PARTITION BY b.document_id ORDER BY k.time DESC, g.run_id DESC) AS place"
        " FROM bulletins b JOIN version_results v ON v.bulletin_id = b.id"
        " JOIN readings g ON g.bulletin_id = b.id JOIN captures k ON k.id = g.capture_id"
        " WHERE b.document_id IN gone_documents"
        " AND NOT EXISTS (SELECT 1 FROM current_runs c WHERE c.document_id = b.document_id)) WHERE place = 1"
    )


@contextmanager
def wiping(db: Database) -> Iterator[None]:
    """Deleted content is overwritten with zeros as long as this lasts."""
    before = db.conn.execute("PRAGMA secure_delete").fetchone()[0]
    db.conn.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA secure_delete = {int(before)}")


def merge_indices(db: Database) -> None:
    """Write the search indices anew: until then they hold the deleted words beside the note that they are deleted."""
    for table in tables().values():
        if table.kind == "fts":
            db.conn.execute(f"INSERT INTO {table.name} ({table.name}) VALUES ('optimize')")


def empty_log(db: Database) -> bool:
    """Bring the write-ahead log into the file and empty it; False while a reader still needs the old pages."""
    busy = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def rewrite_file(db: Database) -> None:
    """Write the whole file anew. Only this is sure to leave nothing of what was moved about inside pages."""
    db.conn.execute("VACUUM")
