"""A source's history from the database: its visits from the runs' counts, its documents from what they became."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db.store.runs import UNSEEN_RUNS
from db.times import from_text
from flows.times import local_time
from flows.watch.garbage import garbled
from flows.watch.model import Document, Visit

#: how far back is looked: visits, documents, days of publication
_VISITS, _DOCUMENTS, _DAYS = 40, 208, 800
#: as many addresses with one text make it a page of the portal's own and no bulletin
_REPEATS = 3
#: the last reading of a capture that people see
_SEEN = f"SELECT max(r.rowid) FROM readings r WHERE r.capture_id = c.id AND r.run_id NOT IN ({UNSEEN_RUNS})"
_SELECTOR = re.compile(r'\b(\w+) selector "')


def local_day(time: datetime | str) -> date:
    """The day of a time (UTC, or as the database writes it) on the portals' clocks."""
    return local_time(from_text(time) if isinstance(time, str) else time).date()


def earlier_visits(db: Database, source: str, run_id: str) -> tuple[Visit, ...]:
    """The visits before this run's, from old to new; runs that did not get to their end left none."""
    rows = db.conn.execute(
        "SELECT started, health FROM (SELECT started, id, json_extract(counts, ?) AS health FROM runs"
        " WHERE finished IS NOT NULL AND id != ?) WHERE health IS NOT NULL ORDER BY started DESC, id DESC LIMIT ?",
        (_path(source), run_id, _VISITS),
    ).fetchall()
    return tuple(visit_of(local_day(started), json.loads(health)) for started, health in reversed(rows))


def watched_since(db: Database, source: str) -> date | None:
    """The day of the first run that watched this source."""
    found = db.conn.execute(
        "SELECT min(started) FROM runs WHERE json_extract(counts, ?) IS NOT NULL", (_path(source),)
    ).fetchone()[0]
    return local_day(found) if found else None


def visit_of(day: date, health: dict[str, Any]) -> Visit:
    """A visit from what a run counted of it."""
    return Visit(
        day=day,
        down=health["visit"] == "down",
        ways=health["ways"],
        list_faults=health["list_faults"],
        listed=health["listed"],
        fetched=health["answered"],
        failed=health["unanswered"],
        reasons=tuple(health["reasons"]),
    )


def published_days(db: Database, source: str, today: date) -> tuple[date, ...]:
    """The day of every bulletin of the last years that prints one; dates in the future are slips."""
    rows = db.conn.execute(
        "SELECT substr(b.published, 1, 10) AS day FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id"
        " WHERE b.source = ? AND b.published IS NOT NULL AND day <= ? ORDER BY day",
        (source, today.isoformat()),
    )
    days = [date.fromisoformat(day) for (day,) in rows]
    return tuple(day for day in days if day > days[-1] - timedelta(_DAYS))


def last_new_day(db: Database, source: str, since: date) -> date | None:
    """The last day that brought an address never archived before, when it was after the first visit."""
    found = db.conn.execute(
        "SELECT max(first) FROM"
        " (SELECT min(time) AS first FROM captures WHERE source = ? AND kind = 'page' GROUP BY url)",
        (source,),
    ).fetchone()[0]
    day = local_day(found) if found else None
    return day if day and day > since else None


def documents(db: Database, source: str) -> tuple[Document, ...]:
    """The last archived pages that were read or could not be, from old to new."""
    rows = db.conn.execute(
        "SELECT c.url, b.text, b.text_sha256, x.figures, x.claimed + x.set_aside + x.unexplained, x.unexplained,"
        " (SELECT e.reason FROM run_errors e WHERE e.capture_id = c.id ORDER BY e.rowid DESC LIMIT 1),"
        " (SELECT e.stage FROM run_errors e WHERE e.capture_id = c.id ORDER BY e.rowid DESC LIMIT 1)"
        " FROM captures c"
        f" LEFT JOIN readings g ON g.rowid = ({_SEEN})"
        " LEFT JOIN bulletins b ON b.id = g.bulletin_id"
        " LEFT JOIN extractions x ON x.bulletin_id = g.bulletin_id AND x.run_id = g.result_run"
        " WHERE c.source = ? AND c.kind = 'page' AND c.status BETWEEN 200 AND 299"
        " ORDER BY c.time DESC, c.rowid DESC LIMIT ?",
        (source, _DOCUMENTS),
    ).fetchall()
    at: dict[str, set[str]] = {}
    for url, _, sha256, *_ in rows:
        at.setdefault(sha256, set()).add(url)
    found = []
    for url, text, sha256, figures, numerals, unexplained, reason, stage in reversed(rows):
        if text is not None:
            found.append(
                Document(
                    url=url,
                    length=len(text),
                    figures=figures or 0,
                    numerals=numerals or 0,
                    unexplained=unexplained or 0,
                    garbled=garbled(text),
                    repeated=len(at[sha256]) >= _REPEATS,
                )
            )
        elif reason is not None:
            found.append(Document(url=url, fault=fault_of(reason, stage)))
    return tuple(found)


def fault_of(reason: str, stage: str) -> str:
    """The selector that a page failed at, else the stage.

    >>> fault_of('a: body selector "#news" matched 0 elements, expected 1', "page"), fault_of("no date", "page")
    ('body', 'page')
    """
    found = _SELECTOR.search(reason)
    return found[1] if found else stage


def brought(db: Database, source: str, run_id: str) -> dict[str, Any]:
    """What a run brought of a source: new bulletins, pages read and not, figures and numerals."""
    rows = db.conn.execute(
        "SELECT c.url, length(trim(b.text)), x.figures, x.claimed + x.set_aside + x.unexplained, x.unexplained,"
        " (SELECT e.reason FROM run_errors e WHERE e.capture_id = c.id ORDER BY e.rowid DESC LIMIT 1),"
        " (SELECT e.stage FROM run_errors e WHERE e.capture_id = c.id ORDER BY e.rowid DESC LIMIT 1),"
        " NOT EXISTS (SELECT 1 FROM captures o WHERE o.url = c.url AND o.time < c.time)"
        " FROM captures c"
        f" LEFT JOIN readings g ON g.rowid = ({_SEEN})"
        " LEFT JOIN bulletins b ON b.id = g.bulletin_id"
        " LEFT JOIN extractions x ON x.bulletin_id = g.bulletin_id AND x.run_id = g.result_run"
        " WHERE c.source = ? AND c.run_id = ? AND c.kind = 'page'",
        (source, run_id),
    ).fetchall()
    read = [row for row in rows if row[1] is not None]
    failed = Counter(fault_of(row[5], row[6]) for row in rows if row[1] is None and row[5] is not None)
    return {
        "seen": sum(row[7] for row in rows),
        "read": len(read),
        "failed": failed.total(),
        "selectors": dict(sorted(failed.items())),
        "lengths": [row[1] for row in read],
        "figures": sum(row[2] or 0 for row in read),
        "numerals": sum(row[3] or 0 for row in read),
        "unexplained": sum(row[4] or 0 for row in read),
    }


def _path(source: str) -> str:
    return f'$.sources."{source}".health'
