"""The facts of a bulletin's version: rows that follow from its text alone, replaced only when they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from db.ddl import quoted
from db.store.rows import Row, Values, columns_without, insert_values
from schemas.facts import CitedDocument, Event, Facts, Organisation, Person, Section
from schemas.figures import Period

#: the columns of a prepared row: what is compared with what is there
FACT = columns_without("bulletin_facts", "bulletin_id", "run_id")
_SHOWN = ", ".join(map(quoted, FACT))


def fact_rows(facts: Facts, text_sha256: str) -> Iterator[Values]:
    """The rows of facts, without version and run; needs no database."""
    order = itemgetter(*FACT)
    for position, (kind, fact, label, fields) in enumerate(_facts(facts)):
        yield order(
            {
                "position": position,
                "text_sha256": text_sha256,
                "kind": kind,
                "start": fact.start,
                "end": fact.end,
                "quote": fact.quote,
                "label": label,
                "fields": json.dumps(fields, ensure_ascii=False, sort_keys=True),
            }
        )


def replace_facts(db: Database, run_id: str, bulletin_id: str, rows: Sequence[Values]) -> bool:
    """Put these rows in the place of others inside the caller's transaction; False where the same ones are there."""
    if differing_facts(db, bulletin_id, rows) is None:
        return False
    leave_to_candidates(db, run_id, bulletin_id)
    db.conn.execute("DELETE FROM bulletin_facts WHERE bulletin_id = ?", (bulletin_id,))
    own = (bulletin_id, run_id)
    insert_values(db, "bulletin_facts", ("bulletin_id", "run_id", *FACT), [own + tuple(row) for row in rows])
    return True


def leave_to_candidates(db: Database, run_id: str, bulletin_id: str) -> None:
    """Before facts are replaced by those of ``run_id``: candidates that read the same ones get them as their own."""
    waiting = "bulletin_id = ? AND facts IS NULL AND run_id <> ?"
    if db.conn.execute(f"SELECT 1 FROM candidates WHERE {waiting} LIMIT 1", (bulletin_id, run_id)).fetchone():
        stored = db.conn.execute(
            f"SELECT {_SHOWN} FROM bulletin_facts WHERE bulletin_id = ? ORDER BY position", (bulletin_id,)
        ).fetchall()
        kept = json.dumps(stored, ensure_ascii=False)
        db.conn.execute(f"UPDATE candidates SET facts = ? WHERE {waiting}", (kept, bulletin_id, run_id))


def differing_facts(db: Database, bulletin_id: str, rows: Sequence[Values]) -> Sequence[Values] | None:
    """``rows`` where they differ from the facts that are stored of a version, None where they are the same."""
    stored = db.conn.execute(
        f"SELECT {_SHOWN} FROM bulletin_facts WHERE bulletin_id = ? ORDER BY position", (bulletin_id,)
    ).fetchall()
    return None if stored == list(rows) else rows


_Fact = Event | Person | Organisation | CitedDocument | Section


def _facts(facts: Facts) -> Iterator[tuple[str, _Fact, str, Row]]:
    """Kind, fact, label and the other fields, in a fixed order."""
    if facts.event:
        event = facts.event
        chairs = [facts.people[i].name for i in event.chairs]
        yield "event", event, event.what, _day(event.date) | {"place": event.place, "chairs": chairs}
    for person in facts.people:
        yield "person", person, person.name, {"titles": list(person.titles)}
    for body in facts.organisations:
        yield "organisation", body, body.name, {}
    for paper in facts.documents:
        yield "document", paper, paper.number, _day(paper.date) | {"kind": paper.kind, "issuer": paper.issuer}
    for section in facts.sections:
        yield "section", section, section.kind, {"cue": section.cue}


def _day(period: Period | None) -> dict[str, Any]:
    """A day, or the first and the last of several."""
    if period is None:
        return {"date": None}
    last = {} if period.end == period.start else {"date_end": period.end.isoformat()}
    return {"date": period.start.isoformat()} | last
