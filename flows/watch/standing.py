"""How the sources stand now, for people and programs: from the database and the portals' files; writes nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db.home import Home
from db.store import open_database, open_incidents
from db.times import from_text
from flows.settings import SettingsError, load_settings
from flows.sources import load_sources
from flows.times import local_time
from flows.watch.tell import as_json
from schemas.incidents import Incident

#: a night later than this was missed: one night and half a day
_LATE = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source: its last visit and how many incidents are open. ``state``: ok, wrong, or never (not visited yet)."""

    source: str
    state: str
    visited: str | None
    visit: str | None
    last_published: str | None
    fresh_days: int | None
    expected: float | None
    seen: int | None
    failed: int | None
    quarantine: int
    incidents: int


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it. ``wrong`` is whether somebody should look."""

    sources: list[SourceStanding]
    incidents: list[Incident]
    #: what is wrong with the nights themselves, a sentence each
    nights: list[str]

    @property
    def wrong(self) -> bool:
        """Whether somebody should look."""
        return bool(self.incidents or self.nights)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "wrong": self.wrong,
            "nights": self.nights,
            "incidents": [as_json(incident) for incident in self.incidents],
            "sources": [asdict(source) for source in self.sources],
        }


def standing(home: Home, now: datetime) -> Standing:
    """How everything stands. Raises what ``open_database`` and ``load_sources`` raise."""
    codes = list(load_sources(home.sites))
    db = open_database(home.database, readonly=True)
    try:
        incidents = open_incidents(db)
        return Standing([_source(db, code, incidents) for code in codes], incidents, _nights(home, db, now))
    finally:
        db.close()


def _source(db: Database, code: str, incidents: list[Incident]) -> SourceStanding:
    last = db.conn.execute(
        "SELECT started, visit, last_published, fresh_days, expected, seen, pages_failed FROM source_health"
        " WHERE source = ? ORDER BY started DESC LIMIT 1",
        (code,),
    ).fetchone()
    started, visit, published, days, expected, seen, failed = last or [None] * 7
    mine = sum(incident.source == code for incident in incidents)
    return SourceStanding(
        source=code,
        state="wrong" if mine else "ok" if last else "never",
        visited=local_time(from_text(started)).isoformat(timespec="minutes") if started else None,
        visit=visit,
        last_published=published,
        fresh_days=days,
        expected=expected,
        seen=seen,
        failed=failed,
        quarantine=db.conn.execute("SELECT count(*) FROM quarantine WHERE source = ?", (code,)).fetchone()[0],
        incidents=mine,
    )


def _nights(home: Home, db: Database, now: datetime) -> list[str]:
    found = []
    last = db.conn.execute(
        "SELECT id, status, started, finished FROM runs WHERE kind = 'nightly' ORDER BY started DESC LIMIT 1"
    ).fetchone()
    if last is not None:
        name, status, started, finished = last
        if now - from_text(started) > _LATE:
            found.append(
                f"no nightly run since {local_time(from_text(started)):%Y-%m-%d %H:%M}; is bantin schedule running?"
            )
        elif status == "failed":
            found.append(f"the last night failed: {name}; see Prefect's page of the run, then: bantin ingest")
        elif finished is None and now - from_text(started) > _LATE / 2:
            found.append(f"the last night did not end: {name}; what is left is done by: bantin ingest")
    try:
        notify = load_settings(home).notify
    except SettingsError as error:
        found.append(str(error))
        return found
    untold = db.conn.execute("SELECT count(*) FROM incidents WHERE closed IS NULL AND told IS NULL").fetchone()[0]
    if notify.anybody and untold:
        found.append(f"{untold} incidents that nobody could be told of; check [notify] in {home.settings}")
    return found
