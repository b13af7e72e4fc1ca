"""Imports: which files captures came from, which of them are known already, and what a revisit record refers to."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from db.identity import make_id
from db.store.captures import capture_id_of
from db.store.connection import writing
from db.store.rows import insert, insert_new
from db.times import to_text
from schemas.captures import ArchiveRef, Capture


@dataclass(slots=True)
class ImportedFile:
    """One file in one run, as far as it was read; ``save_import`` writes it, again and again while it goes on."""

    run_id: str
    path: str
    file: str
    sha256: str
    bytes: int
    format: str
    mode: str
    time: datetime
    imported_by: str | None = None
    note: str | None = None
    finished: datetime | None = None
    records: int = 0
    pages: int = 0
    known: int = 0
    damaged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def id(self) -> str:
        """The same for the same file in the same run."""
        return make_id("import", self.run_id, self.path)


def save_import(db: Database, row: ImportedFile) -> None:
    """Write a file's row, or bring it up to date."""
    values = {
        "id": row.id,
        "run_id": row.run_id,
        "path": row.path,
        "file": row.file,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "format": row.format,
        "mode": row.mode,
        "time": to_text(row.time),
        "finished": to_text(row.finished) if row.finished else None,
        "imported_by": row.imported_by,
        "note": row.note,
        "records": row.records,
        "pages": row.pages,
        "known": row.known,
        "damaged": row.damaged,
        "skipped": json.dumps(dict(sorted(row.skipped.items()))),
    }
    with writing(db):
        changed = db.conn.execute(
            "UPDATE imports SET finished = :finished, records = :records, pages = :pages, known = :known,"
            " damaged = :damaged, skipped = :skipped WHERE id = :id",
            values,
        )
        if not changed.rowcount:
            insert(db, "imports", [values])


def is_known(db: Database, capture: Capture, *, any_time: bool = False) -> bool:
    """Whether this capture is indexed; with ``any_time`` whether the address ever had this body.

    The latter is for files whose time says when they were saved or copied, not when the page was served.
    """
    where = "url = :url AND sha256 = :sha256" if any_time else "id = :id"
    values = {"url": capture.url, "sha256": capture.sha256, "id": capture_id_of(capture)}
    return db.conn.execute(f"SELECT 1 FROM captures WHERE {where} LIMIT 1", values).fetchone() is not None


def note_digests(db: Database, digests: Mapping[str, str]) -> None:
    """Keep how records name bodies: WARC-Payload-Digest -> SHA-256 of the decoded body."""
    with writing(db):
        for digest, sha256 in digests.items():
            insert_new(db, "payload_digests", {"digest": digest, "sha256": sha256})


def body_place(db: Database, sha256: str) -> ArchiveRef | None:
    """Where a body of that hash can be read, in the archive or in a file outside it."""
    found = db.conn.execute(
        "SELECT segment, offset, length FROM captures WHERE sha256 = ? ORDER BY revisit_of IS NOT NULL LIMIT 1",
        (sha256,),
    ).fetchone()
    return ArchiveRef(*found) if found else None


def revisited(
    db: Database, url: str, refers_to: tuple[str, datetime] | None, digest: str, body: Callable[[ArchiveRef], bytes]
) -> str | None:
    """SHA-256 of the body that a revisit record means, None where no capture has it.

    The capture of that address and time has it; any other one only when its body, or the record that it was imported
    from, has the digest of the revisit record.
    """
    if refers_to is not None:
        exact = db.conn.execute(
            "SELECT sha256 FROM captures WHERE url = ? AND time = ? LIMIT 1", (refers_to[0], to_text(refers_to[1]))
        ).fetchone()
        if exact:
            return str(exact[0])
    noted = db.conn.execute("SELECT sha256 FROM payload_digests WHERE digest = ?", (digest,)).fetchone()
    if noted:
        return str(noted[0])
    for target in dict.fromkeys([refers_to[0] if refers_to else url, url]):
        rows = db.conn.execute(
            "SELECT sha256, segment, offset, length FROM captures WHERE url = ?"
            " GROUP BY sha256 ORDER BY max(time) DESC",
            (target,),
        ).fetchall()
        for sha256, *place in rows:
            if has_digest(digest, sha256, partial(body, ArchiveRef(*place))):
                return str(sha256)
    return None


def has_digest(digest: str, sha256: str, body: Callable[[], bytes]) -> bool:
    """Whether a body is the one that a WARC digest names (base32 or hexadecimal)."""
    algorithm, _, value = digest.partition(":")
    if algorithm == "sha256" and value.lower() == sha256:
        return True
    if algorithm not in ("sha1", "sha256"):
        return False
    made = hashlib.new(algorithm, body(), usedforsecurity=False)
    return value.upper().rstrip("=") == base64.b32encode(made.digest()).decode().rstrip("=") or (
        value.lower() == made.hexdigest()
    )
