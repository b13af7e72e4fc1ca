"""The facts of a bulletin's version: rows that follow from its text alone, replaced only when they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from db.store.rows import Row, insert
from schemas.facts import CitedDocument, Event, Facts, Organisation, Person, Section
from schemas.figures import Period

_SHOWN = "position, text_sha256, kind, start, end, quote, label, fields"


def store_facts(db: Database, run_id: str, bulletin_id: str, text_sha256: str, facts: Facts) -> bool:
    """Write the facts of a version inside the caller's transaction; False where the same ones are there already."""
    rows = [
        {
            "bulletin_id": bulletin_id,
            "position": position,
            "text_sha256": text_sha256,
            "kind": kind,
            "start": fact.start,
            "end": fact.end,
            "quote": fact.quote,
            "label": label,
            "fields": json.dumps(fields, ensure_ascii=False, sort_keys=True),
            "run_id": run_id,
        }
        for position, (kind, fact, label, fields) in enumerate(_facts(facts))
    ]
    stored = db.conn.execute(
        f"SELECT {_SHOWN} FROM bulletin_facts WHERE bulletin_id = ? ORDER BY position", (bulletin_id,)
    ).fetchall()
    names = _SHOWN.split(", ")
    if stored == [tuple(row[name] for name in names) for row in rows]:
        return False
    db.conn.execute("DELETE FROM bulletin_facts WHERE bulletin_id = ?", (bulletin_id,))
    insert(db, "bulletin_facts", rows)
    return True


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
