"""Runs, sources, the fetch log and the quarantine."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.identity import make_id
from db.store.connection import writing
from db.store.rows import insert, insert_new
from db.times import to_text
from schemas.captures import ArchiveRef
from schemas.sources import Source

#: runs whose readings nobody sees: re-extractions that were not promoted
UNSEEN_RUNS = (
    "SELECT u.id FROM runs u WHERE u.kind = 'reextract'"
    " AND NOT EXISTS (SELECT 1 FROM promotions p WHERE p.run_id = u.id)"
)


def start_run(db: Database, kind: str, *, fingerprint: str, started: datetime, scope: str | None = None) -> str:
    """Open a run and return its id, which also serves as a file name ("20230916T190000Z-nightly").

    ``scope`` is what a re-extraction covers, as JSON; None for other runs.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind):
        raise ValueError(f"a kind of run is lower-case letters, digits and single hyphens, found {kind!r}")
    row = {
        "kind": kind,
        "fingerprint": fingerprint,
        "started": to_text(started),
        "finished": None,
        "status": "running",
        "counts": None,
        "scope": scope,
    }
    stem = re.sub(r"\.\d+|[-:]", "", to_text(started)) + f"-{kind}"
    with writing(db):
        number, run_id = 1, stem
        while not insert_new(db, "runs", row | {"id": run_id}):
            number += 1
            run_id = f"{stem}-{number}"
    return run_id


def finish_run(db: Database, run_id: str, *, finished: datetime, status: str, counts: dict[str, Any]) -> None:
    """Close a run. ``counts`` is kept as JSON."""
    with writing(db):
        done = db.conn.execute(
            "UPDATE runs SET finished = ?, status = ?, counts = ? WHERE id = ?",
            (to_text(finished), status, json.dumps(counts, ensure_ascii=False, sort_keys=True), run_id),
        )
        if not done.rowcount:
            raise KeyError(f"no run {run_id} in the database")


def record_source(db: Database, source: Source) -> None:
    """Write a source as its file describes it; an unchanged one is not touched."""
    row = {
        "code": source.code,
        "name": source.name,
        "url": str(source.url),
        "area": source.area,
        "family": source.family,
        "valid_from": source.valid[0].isoformat() if source.valid[0] else None,
        "valid_to": source.valid[1].isoformat() if source.valid[1] else None,
        "license": source.license,
        "contact": source.contact,
    }
    with writing(db):
        if insert_new(db, "sources", row):
            return
        changed = ", ".join(f"{name} = :{name}" for name in row if name != "code")
        same = " AND ".join(f"{name} IS :{name}" for name in row if name != "code")
        db.conn.execute(f"UPDATE sources SET {changed} WHERE code = :code AND NOT ({same})", row)


def log_fetch(
    db: Database,
    run_id: str,
    *,
    source: str | None,
    url: str,
    time: datetime,
    outcome: str,
    status: int | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    bytes: int | None = None,
    capture_id: str | None = None,
    message: str | None = None,
    ref: ArchiveRef | None = None,
) -> None:
    """Note one request. ``ref`` is where the revisit record of an unchanged body lies, if one was written."""
    row = {
        "id": None,
        "run_id": run_id,
        "source": source,
        "url": url,
        "time": to_text(time),
        "outcome": outcome,
        "status": status,
        "etag": etag,
        "last_modified": last_modified,
        "bytes": bytes,
        "capture_id": capture_id,
        "segment": ref.segment if ref else None,
        "offset": ref.offset if ref else None,
        "length": ref.length if ref else None,
        "message": message,
    }
    with writing(db):
        insert(db, "fetch_log", [row])


def record_error(
    db: Database,
    run_id: str,
    *,
    source: str | None,
    url: str | None,
    capture_id: str | None,
    stage: str,
    reason: str,
    site: str | None = None,
) -> str:
    """Put a document into quarantine. The same error at the same fingerprint is one row, however often it is met.

    ``site`` is the hash of the portal's description that the page was read by; another description is another try.
    """
    with writing(db):
        found = db.conn.execute("SELECT fingerprint FROM runs WHERE id = ?", (run_id,)).fetchone()
        if found is None:
            raise KeyError(f"no run {run_id} in the database")
        row = {
            "id": make_id("error", found[0], url, capture_id, stage, reason, *([site] if site else [])),
            "run_id": run_id,
            "source": source,
            "url": url,
            "capture_id": capture_id,
            "stage": stage,
            "reason": reason,
            "site": site,
        }
        insert_new(db, "run_errors", row)
    return str(row["id"])
