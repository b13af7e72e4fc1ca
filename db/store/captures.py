"""The index of the archive: which captures there are, which one was the last of an address, which wait to be read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.identity import make_id
from db.store.connection import writing
from db.store.rows import insert_new
from db.store.runs import UNSEEN_RUNS
from db.times import from_text, to_text
from schemas.captures import ArchiveRef, Capture

_COLUMNS = "c.id, c.source, c.url, c.kind, c.time, c.status, c.sha256, c.segment, c.offset, c.length, c.revisit_of"


@dataclass(frozen=True, slots=True)
class ArchivedCapture:
    """A row of ``captures``; ``ref`` leads to the record in the archive."""

    capture_id: str
    source: str
    url: str
    kind: str
    time: datetime
    status: int
    sha256: str
    ref: ArchiveRef
    revisit_of: str | None


@dataclass(frozen=True, slots=True)
class LastCapture:
    """What a conditional request needs, and what an answer is compared with."""

    capture_id: str
    sha256: str
    time: datetime
    etag: str | None
    last_modified: str | None
    ref: ArchiveRef


def record_capture(
    db: Database,
    run_id: str,
    *,
    source: str,
    capture: Capture,
    ref: ArchiveRef,
    kind: str = "page",
    etag: str | None = None,
    last_modified: str | None = None,
    revisit_of: str | None = None,
) -> str:
    """Index an archived capture and return its id.

    The id comes from address, time and body, so the same capture twice is one row; and a body equal to the address's
    capture before it is no new capture either: the id of that one is returned (write the request to the fetch log).
    ``revisit_of`` is the capture whose body a revisit record refers to.
    """
    time = to_text(capture.time)
    with writing(db):
        before = db.conn.execute(
            "SELECT id, sha256, status FROM captures WHERE url = ? AND time <= ? ORDER BY time DESC LIMIT 1",
            (capture.url, time),
        ).fetchone()
        if before is not None and before[1:] == (capture.sha256, capture.status):
            return str(before[0])
        capture_id, _ = add_capture(
            db,
            run_id,
            source=source,
            capture=capture,
            ref=ref,
            kind=kind,
            etag=etag,
            last_modified=last_modified,
            revisit_of=revisit_of,
        )
    return capture_id


def add_capture(
    db: Database,
    run_id: str,
    *,
    source: str,
    capture: Capture,
    ref: ArchiveRef,
    kind: str = "page",
    etag: str | None = None,
    last_modified: str | None = None,
    revisit_of: str | None = None,
    import_id: str | None = None,
) -> tuple[str, bool]:
    """Index an archived capture also where nothing changed since the one before it; its id, and whether it is new.

    What an import brings comes in any order of time: only then is the outcome the same whatever came first.
    """
    row: dict[str, Any] = {
        "id": capture_id_of(capture),
        "source": source,
        "url": capture.url,
        "kind": kind,
        "time": to_text(capture.time),
        "status": capture.status,
        "sha256": capture.sha256,
        "bytes": len(capture.body),
        "content_type": capture.header("Content-Type"),
        "etag": etag or capture.header("ETag"),
        "last_modified": last_modified or capture.header("Last-Modified"),
        "segment": ref.segment,
        "offset": ref.offset,
        "length": ref.length,
        "revisit_of": revisit_of,
        "run_id": run_id,
        "import_id": import_id,
    }
    with writing(db):
        return str(row["id"]), insert_new(db, "captures", row)


def capture_id_of(capture: Capture) -> str:
    """The id of a capture: what came from where and when, whatever it lies in."""
    return make_id("capture", capture.url, to_text(capture.time), capture.status, capture.sha256)


def last_capture(db: Database, url: str) -> LastCapture | None:
    """The latest capture of an address, with the validators its server sent last for that content."""
    found = db.conn.execute(
        "SELECT id, sha256, time, etag, last_modified, segment, offset, length FROM captures"
        " WHERE url = ? ORDER BY time DESC LIMIT 1",
        (url,),
    ).fetchone()
    if found is None:
        return None
    capture_id, sha256, time, etag, modified, *place = found
    # A server may give an unchanged body a new ETag; the log has it, the capture's row is not rewritten.
    later = db.conn.execute(
        "SELECT etag, last_modified FROM fetch_log WHERE url = ? AND capture_id = ?"
        " AND (etag IS NOT NULL OR last_modified IS NOT NULL) ORDER BY id DESC LIMIT 1",
        (url, capture_id),
    ).fetchone()
    etag, modified = later or (etag, modified)
    return LastCapture(capture_id, sha256, from_text(time), etag, modified, ArchiveRef(*place))


def find_body(db: Database, sha256: str) -> ArchivedCapture | None:
    """A capture whose record holds this body itself: what a revisit record may refer to.

    A file outside the archive is none: the archive must not need it for pages of its own.
    """
    where = "c.sha256 = :sha256 AND c.revisit_of IS NULL AND c.segment NOT LIKE 'external/%' ORDER BY c.time LIMIT 1"
    rows = _captures(db, where, {"sha256": sha256})
    return next(rows, None)


def get_capture(db: Database, capture_id: str) -> ArchivedCapture | None:
    """The capture of that id."""
    return next(_captures(db, "c.id = :id", {"id": capture_id}), None)


def captures_to_extract(
    db: Database, fingerprint: str, *, new_only: bool = False, sites: Mapping[str, str] | None = None
) -> list[ArchivedCapture]:
    """Archived pages with neither a bulletin nor an error at this fingerprint, oldest first.

    ``sites`` is the hash of each source's description: an error that was met with another one counts no more.

    With ``new_only`` a page that was read at any fingerprint is left out: a nightly run reads what is new (and what
    a crash left between archive and load, and what an older version could not read); re-extraction is another run's.
    What only a candidate read is not read yet: nobody sees that.
    """
    read = f" AND g.run_id NOT IN ({UNSEEN_RUNS})" if new_only else " AND g.fingerprint = :fingerprint"
    where = (
        "c.kind = 'page' AND c.status BETWEEN 200 AND 299"
        f" AND NOT EXISTS (SELECT 1 FROM readings g WHERE g.capture_id = c.id{read})"
        " AND NOT EXISTS (SELECT 1 FROM run_errors e JOIN runs r ON r.id = e.run_id"
        " WHERE e.capture_id = c.id AND r.fingerprint = :fingerprint"
        " AND (e.site IS NULL OR e.site ="
        " coalesce((SELECT value FROM json_each(:sites) WHERE key = c.source), e.site)))"
        " ORDER BY c.time, c.id"
    )
    return list(_captures(db, where, {"fingerprint": fingerprint, "sites": json.dumps(dict(sites or {}))}))


def indexed_refs(db: Database) -> Iterator[tuple[ArchiveRef, str]]:
    """Place and body hash of every record that the database points at, for ``Archive.verify(expected=...)``."""
    yield from (
        (ArchiveRef(segment, offset, length), sha256)
        for segment, offset, length, sha256 in db.conn.execute(
            "SELECT segment, offset, length, sha256 FROM captures UNION ALL"
            " SELECT l.segment, l.offset, l.length, c.sha256 FROM fetch_log l JOIN captures c ON c.id = l.capture_id"
            " WHERE l.segment IS NOT NULL"
        )
    )


def _captures(db: Database, where: str, values: dict[str, Any]) -> Iterator[ArchivedCapture]:
    for row in db.conn.execute(f"SELECT {_COLUMNS} FROM captures c WHERE {where}", values):
        capture_id, source, url, kind, time, status, sha256, segment, offset, length, revisit_of = row
        ref = ArchiveRef(segment, offset, length)
        yield ArchivedCapture(capture_id, source, url, kind, from_text(time), status, sha256, ref, revisit_of)
