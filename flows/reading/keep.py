"""What workers read, written as current: a batch in one transaction, each page loaded, quarantined or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from db.archive import Archive
from db.store import ArchivedCapture, get_capture, load_many, record_error, writing
from db.store.prepare import Prepared
from db.store.removals import Removal, removal_of
from flows.forget import REMOVED, refuse
from flows.reading.work import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a page: "read", "quarantined" with its reason, or REMOVED."""

    row: ArchivedCapture
    what: str
    reason: str | None = None


def keep(
    db: Database, archive: Archive, run_id: str, outcomes: Sequence[Outcome], sites: Mapping[str, str] | None = None
) -> list[Kept]:
    """Write what came of some pages. A capture that was removed meanwhile is left out.

    ``sites`` is the fingerprint of each source's page reading, kept with an error: another one tries again.

    A text that was removed for good is taken back out of archive and index, once the others are written.
    """
    kept: list[Kept] = []
    removed: list[tuple[Removal, ArchivedCapture]] = []
    with writing(db):
        rows = {outcome.capture_id: get_capture(db, outcome.capture_id) for outcome in outcomes}
        fine: list[Prepared] = []
        for outcome in outcomes:
            row = rows[outcome.capture_id]
            if row is None or outcome.prepared is None:
                continue
            text = outcome.prepared.text_sha256
            removal = removal_of(db, url=row.url, sha256=row.sha256, text_sha256=text)
            if removal is None:
                fine.append(outcome.prepared)
            else:
                removed.append((removal, row))
        refused = {one.prepared.capture_id: one.error for one in load_many(db, run_id, fine)}
        gone = {row.capture_id for _, row in removed}
        for outcome in outcomes:
            row = rows[outcome.capture_id]
            if row is None:
                continue
            if row.capture_id in gone:
                kept.append(Kept(row, REMOVED))
                continue
            stage, reason = outcome.stage, outcome.error
            if row.capture_id in refused:
                error = refused[row.capture_id]
                stage, reason = "load", f"{type(error).__name__}: {error}"
            if reason is not None:
                record_error(
                    db,
                    run_id,
                    source=row.source,
                    url=row.url,
                    capture_id=row.capture_id,
                    stage=stage,
                    reason=reason,
                    site=(sites or {}).get(row.source) if stage != "archive" else None,
                )
            kept.append(Kept(row, "read" if reason is None else "quarantined", reason))
    for removal, row in removed:
        refuse(db, archive, removal, row)
    return kept
