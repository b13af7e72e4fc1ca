"""What a removal is about: the captures and versions that go, kept in temporary tables of the connection.

``gone_captures`` and ``gone_bulletins`` hold ids; they are filled anew by ``choose``, from what the removal has noted,
so that a removal that was cut off finds the rest of what it was about.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from db.identity import document_id
from db.store.removals import add_records
from db.times import from_text
from schemas.captures import ArchiveRef
from schemas.surt import surt_key

#: what an answer without content hashes to: it is nobody's content
NOTHING = hashlib.sha256(b"").hexdigest()

_TABLES = ("gone_captures", "gone_bulletins", "gone_documents", "gone_texts")


def choose(db: Database, removal_id: str) -> None:
    """Fill the temporary tables from the addresses, hashes and records that the removal has noted."""
    db.conn.create_function("surt_key", 1, surt_key, deterministic=True)
    db.conn.create_function("document_id", 1, document_id, deterministic=True)
    for table in _TABLES:
        db.conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY) WITHOUT ROWID")
        db.conn.execute(f"DELETE FROM {table}")
    kind, everywhere = db.conn.execute("SELECT kind, everywhere FROM removals WHERE id = ?", (removal_id,)).fetchone()
    if kind != "request":
        _by_records(db, removal_id)
    else:
        _by_address(db, removal_id)
        if everywhere:
            _by_content(db, removal_id)
    db.conn.execute("INSERT OR IGNORE INTO gone_documents SELECT document_id FROM bulletins WHERE id IN gone_bulletins")


def _by_address(db: Database, removal_id: str) -> None:
    urls = (
        "SELECT url FROM (SELECT DISTINCT url FROM captures)"
        " WHERE surt_key(url) IN (SELECT key FROM removed_addresses WHERE removal_id = :id)"
    )
    values = {"id": removal_id}
    db.conn.execute(f"INSERT OR IGNORE INTO gone_captures SELECT id FROM captures WHERE url IN ({urls})", values)
    db.conn.execute(
        "INSERT OR IGNORE INTO gone_bulletins SELECT id FROM bulletins"
        f" WHERE document_id IN (SELECT document_id(url) FROM ({urls}))",
        values,
    )


def _by_content(db: Database, removal_id: str) -> None:
    """The same bodies and texts at other addresses, and what hangs together with them."""
    values = {"id": removal_id}
    hashes = "SELECT sha256 FROM removed_hashes WHERE removal_id = :id AND kind = "
    db.conn.execute(
        f"INSERT OR IGNORE INTO gone_captures SELECT id FROM captures WHERE sha256 IN ({hashes} 'body')", values
    )
    db.conn.execute(
        f"INSERT OR IGNORE INTO gone_bulletins SELECT id FROM bulletins WHERE text_sha256 IN ({hashes} 'text')", values
    )
    grown = True
    while grown:  # a version goes with every capture that showed it, a capture with every version read from it
        grown = False
        for statement in (
            "INSERT OR IGNORE INTO gone_captures SELECT capture_id FROM readings WHERE bulletin_id IN gone_bulletins"
            " UNION SELECT capture_id FROM bulletins WHERE id IN gone_bulletins",
            "INSERT OR IGNORE INTO gone_bulletins SELECT bulletin_id FROM readings WHERE capture_id IN gone_captures"
            " UNION SELECT id FROM bulletins WHERE capture_id IN gone_captures",
        ):
            grown |= db.conn.execute(statement).rowcount > 0


def _by_records(db: Database, removal_id: str) -> None:
    """The captures whose records are noted, and the versions that no other capture shows."""
    db.conn.execute(
        "INSERT OR IGNORE INTO gone_captures SELECT c.id FROM removed_records x"
        " JOIN captures c ON c.segment = x.segment AND c.offset = x.offset"
        " WHERE x.removal_id = ? AND x.why <> 'moved'",
        (removal_id,),
    )
    db.conn.execute(
        "INSERT OR IGNORE INTO gone_bulletins SELECT b.id FROM bulletins b WHERE b.id IN ("
        " SELECT bulletin_id FROM readings WHERE capture_id IN gone_captures"
        " UNION SELECT id FROM bulletins WHERE capture_id IN gone_captures)"
        " AND NOT EXISTS (SELECT 1 FROM readings g WHERE g.bulletin_id = b.id AND g.capture_id NOT IN gone_captures)"
    )


def note_content(db: Database, removal_id: str) -> None:
    """Keep the hashes of the chosen bodies and texts and the ids of their figures; only a request forbids them."""
    db.conn.execute(
        "INSERT OR IGNORE INTO gone_texts SELECT DISTINCT text_sha256 FROM bulletins WHERE id IN gone_bulletins"
    )
    values = {"id": removal_id, "nothing": NOTHING}
    db.conn.execute(
        "INSERT OR IGNORE INTO removed_figures (figure_id, removal_id)"
        " SELECT DISTINCT id, :id FROM figures WHERE bulletin_id IN gone_bulletins",
        values,
    )
    if db.conn.execute("SELECT kind FROM removals WHERE id = :id", values).fetchone()[0] != "request":
        return
    db.conn.execute(
        "INSERT OR IGNORE INTO removed_hashes (sha256, kind, removal_id) SELECT DISTINCT sha256, 'body', :id"
        " FROM captures WHERE id IN gone_captures AND kind = 'page' AND sha256 <> :nothing",
        values,
    )
    db.conn.execute(
        "INSERT OR IGNORE INTO removed_hashes (sha256, kind, removal_id)"
        " SELECT id, 'text', :id FROM gone_texts WHERE id <> :nothing",
        values,
    )


def note_known_hashes(db: Database, removal_id: str) -> None:
    """Take over the hashes that an earlier removal of the same addresses noted."""
    db.conn.execute(
        "INSERT OR IGNORE INTO removed_hashes (sha256, kind, removal_id) SELECT DISTINCT h.sha256, h.kind, :id"
        " FROM removed_hashes h JOIN removed_addresses a ON a.removal_id = h.removal_id"
        " WHERE a.key IN (SELECT key FROM removed_addresses WHERE removal_id = :id)",
        {"id": removal_id},
    )


def note_ways(db: Database, removal_id: str) -> None:
    """Keep the addresses that led to the chosen pages: asking there would bring the same again."""
    ways = db.conn.execute(
        "SELECT DISTINCT f.url FROM fetch_log f JOIN captures c ON c.id = f.capture_id"
        " WHERE c.id IN gone_captures AND surt_key(c.url) IN"
        " (SELECT key FROM removed_addresses WHERE removal_id = ?)",
        (removal_id,),
    ).fetchall()
    db.conn.executemany(
        "INSERT OR IGNORE INTO removed_addresses (key, url, removal_id) VALUES (?, ?, ?)",
        [(surt_key(url), url, removal_id) for (url,) in ways],
    )


def chosen_records(db: Database) -> list[ArchiveRef]:
    """Where the archive holds the chosen captures, and the revisit records that say they were unchanged."""
    rows = db.conn.execute(
        "SELECT segment, offset, length FROM captures WHERE id IN gone_captures UNION"
        " SELECT segment, offset, length FROM fetch_log WHERE capture_id IN gone_captures AND segment IS NOT NULL"
    )
    return [ArchiveRef(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Dependant:
    """A revisit record of what stays that may refer to a body that goes; ``log_id`` where the fetch log has it.

    ``leans``: the database says that it refers to one; else only the record itself can tell.
    """

    ref: ArchiveRef
    url: str
    capture_id: str
    sha256: str
    log_id: int | None
    leans: bool


def dependants(db: Database) -> list[Dependant]:
    """The revisit records of other captures with the chosen bodies, the oldest first."""
    rows = db.conn.execute(
        "SELECT segment, offset, length, url, id, sha256, NULL, revisit_of IN gone_captures, time FROM captures"
        " WHERE revisit_of IS NOT NULL AND id NOT IN gone_captures AND sha256 IN"
        " (SELECT sha256 FROM captures WHERE id IN gone_captures)"
        " UNION ALL SELECT l.segment, l.offset, l.length, c.url, c.id, c.sha256, l.id, 0, l.time FROM fetch_log l"
        " JOIN captures c ON c.id = l.capture_id WHERE l.segment IS NOT NULL AND c.id NOT IN gone_captures"
        " AND c.sha256 IN (SELECT sha256 FROM captures WHERE id IN gone_captures) ORDER BY 9, 7"
    )
    return [
        Dependant(ArchiveRef(segment, offset, length), url, capture, sha256, log, bool(leans))
        for segment, offset, length, url, capture, sha256, log, leans, _ in map(tuple, rows)
    ]


def chosen_targets(db: Database) -> set[tuple[str, datetime]]:
    """Address and time of the chosen captures, as revisit records name them."""
    rows = db.conn.execute("SELECT url, time FROM captures WHERE id IN gone_captures")
    return {(url, from_text(time)) for url, time in map(tuple, rows)}


def full_copy(db: Database, sha256: str) -> tuple[str, str, datetime, ArchiveRef] | None:
    """A capture that stays and holds this body itself: id, address, time, place."""
    row = db.conn.execute(
        "SELECT id, url, time, segment, offset, length FROM captures WHERE sha256 = ? AND revisit_of IS NULL"
        " AND id NOT IN gone_captures ORDER BY time LIMIT 1",
        (sha256,),
    ).fetchone()
    return (row[0], row[1], from_text(row[2]), ArchiveRef(*tuple(row)[3:])) if row else None


def lost(db: Database, one: Dependant) -> None:
    """Note that a dependant's body could not be read any more: its row stays, its record is what verify says it is."""
    if one.log_id is None:
        db.conn.execute("UPDATE captures SET revisit_of = NULL WHERE id = ?", (one.capture_id,))


def moved(db: Database, removal_id: str, one: Dependant, ref: ArchiveRef, revisit_of: str | None) -> None:
    """Note that a dependant's record was written anew, inside the caller's transaction; the old one is to go."""
    if one.log_id is None:
        db.conn.execute(
            "UPDATE captures SET segment = ?, offset = ?, length = ?, revisit_of = ? WHERE id = ?",
            (ref.segment, ref.offset, ref.length, revisit_of, one.capture_id),
        )
    else:
        db.conn.execute(
            "UPDATE fetch_log SET segment = ?, offset = ?, length = ? WHERE id = ?",
            (ref.segment, ref.offset, ref.length, one.log_id),
        )
    add_records(db, removal_id, [one.ref], "moved")
