"""Incidents: one row from when a source falls ill until it is well again, and whether a person was told."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.identity import make_id
from db.store.connection import writing
from db.store.rows import insert
from db.times import from_text, to_text
from schemas.incidents import Incident, Kind, Severity

_COLUMNS = "id, source, kind, severity, opened, closed, message, advice, evidence"


def note_incident(
    db: Database,
    run_id: str,
    *,
    source: str,
    kind: Kind,
    severity: Severity,
    message: str,
    advice: str,
    evidence: dict[str, Any],
    now: datetime,
) -> bool:
    """Open an incident, or bring the open one of that source and kind up to date; whether it was opened.

    One that says the same already is not touched.
    """
    said = {
        "severity": severity,
        "message": message,
        "advice": advice,
        "evidence": json.dumps(evidence, ensure_ascii=False, sort_keys=True),
    }
    with writing(db):
        found = db.conn.execute(
            "SELECT id, severity, message, advice, evidence FROM incidents"
            " WHERE source = ? AND kind = ? AND closed IS NULL",
            (source, kind),
        ).fetchone()
        if found is None:
            before = db.conn.execute(
                "SELECT count(*) FROM incidents WHERE source = ? AND kind = ?", (source, kind)
            ).fetchone()[0]
            row = {
                "id": make_id("incident", source, kind, before),
                "source": source,
                "kind": kind,
                "opened": to_text(now),
                "opened_run": run_id,
                "last_run": run_id,
                "closed": None,
                "told": None,
            }
            insert(db, "incidents", [row | said])
            return True
        if list(found[1:]) != list(said.values()):
            db.conn.execute(
                "UPDATE incidents SET severity = :severity, message = :message, advice = :advice,"
                " evidence = :evidence, last_run = :run WHERE id = :id",
                {**said, "run": run_id, "id": found[0]},
            )
        return False


def close_incident(db: Database, run_id: str, *, source: str, kind: Kind, now: datetime) -> bool:
    """Close the open incident of that source and kind; False where there is none."""
    with writing(db):
        done = db.conn.execute(
            "UPDATE incidents SET closed = ?, last_run = ? WHERE source = ? AND kind = ? AND closed IS NULL",
            (to_text(now), run_id, source, kind),
        )
    return bool(done.rowcount)


def close_incidents_of_others(db: Database, run_id: str, *, sources: Collection[str], now: datetime) -> int:
    """Close what is open of sources that are no longer among ``sources``: nobody will visit them."""
    kept = json.dumps(sorted(sources))
    with writing(db):
        done = db.conn.execute(
            "UPDATE incidents SET closed = ?, last_run = ?"
            " WHERE closed IS NULL AND source NOT IN (SELECT value FROM json_each(?))",
            (to_text(now), run_id, kept),
        )
    return done.rowcount


def open_incidents(db: Database) -> list[Incident]:
    """What is wrong now, the worst first."""
    return _read(db, "closed IS NULL ORDER BY severity, opened, source, kind")


def untold_incidents(db: Database) -> list[Incident]:
    """Opened or closed incidents that a person does not know of yet; one that came and went untold is not news."""
    return _read(
        db, "CASE WHEN closed IS NULL THEN told IS NULL ELSE told = 'opened' END ORDER BY opened, source, kind"
    )


def incidents_of_run(db: Database, run_id: str) -> list[Incident]:
    """What a run opened, and what it closed."""
    where = "CASE WHEN closed IS NULL THEN opened_run ELSE last_run END = ? ORDER BY opened, source, kind"
    return _read(db, where, run_id)


def mark_told(db: Database, incidents: Iterable[Incident]) -> None:
    """Note that a person was told of these, as they are."""
    with writing(db):
        db.conn.executemany(
            "UPDATE incidents SET told = ? WHERE id = ?",
            [("closed" if incident.closed else "opened", incident.id) for incident in incidents],
        )


def _read(db: Database, where: str, *values: str) -> list[Incident]:
    return [
        Incident(
            id=row[0],
            source=row[1],
            kind=row[2],
            severity=row[3],
            opened=from_text(row[4]),
            closed=from_text(row[5]) if row[5] else None,
            message=row[6],
            advice=row[7],
            evidence=json.loads(row[8]),
        )
        for row in db.conn.execute(f"SELECT {_COLUMNS} FROM incidents WHERE {where}", values)
    ]
