"""At the end of a run: what it measured of each source it visited, and the incidents that open and close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db.store import close_incident, note_incident, writing
from flows.watch.judge import EMPTY, judge, usual_figures
from flows.watch.model import History
from flows.watch.read import (
    brought,
    documents,
    earlier_visits,
    last_new_day,
    local_day,
    published_days,
    visit_of,
    watched_since,
)
from flows.watch.silence import expected, habit
from schemas.sources import Source

#: reasons that are kept of what went wrong with the lists and pages of one visit, and their length
_REASONS, _LONGEST = 3, 200


@dataclass(frozen=True, slots=True)
class Visited:
    """What a run knows of its visit to one source; ``counts`` as in ``Run.counts``."""

    source: Source
    down: bool
    list_faults: int
    counts: Mapping[str, int]
    #: of what went wrong, in its order
    reasons: tuple[str, ...]


def evaluate(db: Database, run_id: str, visited: Visited, now: datetime) -> dict[str, Any]:
    """Judge a source, open, update and close its incidents, and return what was measured, for the run's counts."""
    source, code, today = visited.source, visited.source.code, local_day(now)
    earlier = earlier_visits(db, code, run_id)
    since = watched_since(db, code) or today
    published, pages = published_days(db, code, today), documents(db, code)
    health = _measured(db, run_id, visited, now)
    usual = habit(published)
    if usual is not None:
        before = earlier[-1].day if earlier else today - timedelta(1)
        health["expected"] = round(expected(usual, before, today), 2)
    health["figures_usual"] = usual_figures(pages)
    if published:
        health |= {"last_published": published[-1].isoformat(), "fresh_days": (today - published[-1]).days}
    history = History(
        source=code,
        name=source.name,
        today=today,
        valid_to=source.valid[1],
        visits=(*earlier, visit_of(today, health)),
        published=published,
        watched_since=since,
        last_new=last_new_day(db, code, since),
        documents=pages,
    )
    with writing(db):
        for found in judge(history):
            if found.state == "well":
                close_incident(db, run_id, source=code, kind=found.kind, now=now)
            elif found.state == "ill":
                note_incident(
                    db,
                    run_id,
                    source=code,
                    kind=found.kind,
                    severity=found.severity,
                    message=found.message,
                    advice=found.advice,
                    evidence=found.evidence,
                    now=now,
                )
    return health


def _measured(db: Database, run_id: str, visited: Visited, now: datetime) -> dict[str, Any]:
    source, counts = visited.source, visited.counts
    came = brought(db, source.code, run_id)
    lengths = came.pop("lengths")
    return {
        "visit": "down" if visited.down else "ok",
        "ways": len(source.lists) + len(source.feeds) + len(source.sitemaps),
        "listed": counts.get("listed", 0),
        "list_faults": visited.list_faults,
        "answered": sum(counts.get(outcome, 0) for outcome in ("fetched", "unchanged", "not_modified")),
        "unanswered": counts.get("error", 0),
        "reasons": [_first_line(reason) for reason in dict.fromkeys(visited.reasons)][:_REASONS],
        "empty": sum(length < EMPTY for length in lengths),
        **came,
    }


def _first_line(reason: str) -> str:
    line = reason.splitlines()[0] if reason.strip() else "?"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
