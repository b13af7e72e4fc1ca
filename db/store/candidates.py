"""Re-extraction runs: their scope, what they have read so far, and where a killed one goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from db.store.connection import writing
from schemas.fingerprints import Fingerprints

KIND = "reextract"


_SOURCES = "SELECT DISTINCT c.source FROM candidates k JOIN captures c ON c.id = k.capture_id WHERE k.run_id = ?"
_STALE = """
DELETE FROM candidates WHERE run_id = :run
  AND (SELECT c.source FROM captures c WHERE c.id = candidates.capture_id) = :source
  AND NOT EXISTS (SELECT 1 FROM readings g WHERE g.capture_id = candidates.capture_id AND g.fingerprint = :whole
    AND g.bulletin_id = candidates.bulletin_id)"""


class ScopeError(Exception):
    """A condition that SQLite does not take; the message says what it said."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which captures a re-extraction covers: all pages, or those of some sources, days (UTC, inclusive) or a condition.

    ``where`` is an SQL condition over the columns of ``captures``.
    """

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    where: str | None = None

    def to_json(self) -> str:
        """As ``runs.scope`` holds it."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Scope:
        """The scope that ``to_json`` wrote."""
        made = json.loads(text)
        days = {name: date.fromisoformat(made[name]) if made[name] else None for name in ("since", "until")}
        return cls(sources=tuple(made["sources"]), where=made["where"], **days)

    def sql(self) -> tuple[str, dict[str, Any]]:
        """A condition over ``captures c`` and its values."""
        parts, values = ["c.kind = 'page' AND c.status BETWEEN 200 AND 299"], dict[str, Any]()
        if self.sources:
            parts.append("c.source IN (SELECT value FROM json_each(:sources))")
            values["sources"] = json.dumps(self.sources)
        if self.since:
            parts.append("c.time >= :since")
            values["since"] = self.since.isoformat()
        if self.until:
            parts.append("substr(c.time, 1, 10) <= :until")
            values["until"] = self.until.isoformat()
        if self.where:
            parts.append(f"c.id IN (SELECT id FROM captures WHERE ({self.where}\n))")
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Read:
    """What a run read of one capture: version and result, or why it could not be read. ``facts`` is JSON rows."""

    capture_id: str
    version: str | None
    result_run: str | None
    error: str | None = None
    facts: str | None = None


def count_captures(db: Database, scope: Scope) -> int:
    """How many captures a scope covers. Raises ScopeError."""
    condition, values = scope.sql()
    with _reading_only(db, scope):
        return int(db.conn.execute(f"SELECT count(*) FROM captures c WHERE {condition}", values).fetchone()[0])


def count_read(db: Database, run_id: str) -> int:
    """How many captures a run has read."""
    return int(db.conn.execute("SELECT count(*) FROM candidates WHERE run_id = ?", (run_id,)).fetchone()[0])


def unread(db: Database, run_id: str, scope: Scope, size: int) -> Iterator[list[str]]:
    """Captures of the scope that the run has not read, in the order in which they were archived, ``size`` at a time."""
    condition, values = scope.sql()
    last = 0
    sql = (
        f"SELECT c.rowid, c.id FROM captures c WHERE c.rowid > :last AND {condition}"
        " AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.run_id = :run AND k.capture_id = c.id)"
        " ORDER BY c.rowid LIMIT :size"
    )
    while True:
        with _reading_only(db, scope):
            rows = db.conn.execute(sql, values | {"last": last, "run": run_id, "size": size}).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [row[1] for row in rows]


def unfinished(db: Database, fingerprint: str, scope: Scope) -> str | None:
    """The latest re-extraction of this fingerprint and scope that nobody promoted: a new call goes on with it."""
    found = db.conn.execute(
        "SELECT r.id FROM runs r WHERE r.kind = ? AND r.fingerprint = ? AND r.scope = ? AND r.status <> 'pruned'"
        " AND NOT EXISTS (SELECT 1 FROM promotions p WHERE p.run_id = r.id) ORDER BY r.started DESC, r.id DESC LIMIT 1",
        (KIND, fingerprint, scope.to_json()),
    ).fetchone()
    return str(found[0]) if found else None


def reopen(db: Database, run_id: str, of: Callable[[str], Fingerprints]) -> None:
    """Mark a run as running again, and forget what it did not read by the rules of today.

    That is what could not be read (the archive may be in its place again) and the pages of a portal whose file changed;
    ``of`` gives the fingerprints for a source's code.
    """
    with writing(db):
        codes = db.conn.execute(_SOURCES, (run_id,)).fetchall()
        db.conn.executemany(_STALE, [{"run": run_id, "source": code, "whole": of(code).whole} for (code,) in codes])
        db.conn.execute("UPDATE runs SET status = 'running', finished = NULL WHERE id = ?", (run_id,))


def note_candidates(db: Database, run_id: str, reads: Iterable[Read]) -> None:
    """Write what a run read; a capture that it has read already is left as it was."""
    with writing(db):
        db.conn.executemany(
            "INSERT INTO candidates (run_id, capture_id, bulletin_id, result_run, error, facts)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            ((run_id, one.capture_id, one.version, one.result_run, one.error, one.facts) for one in reads),
        )


class _reading_only:
    """While a condition that a person typed is in the SQL, the connection may only read."""

    _ALLOWED = (sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)

    def __init__(self, db: Database, scope: Scope) -> None:
        self._db, self._scope = db, scope

    def __enter__(self) -> None:
        if self._scope.where:
            allowed = self._ALLOWED
            self._db.conn.set_authorizer(
                lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY
            )

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not self._scope.where:
            return
        self._db.conn.set_authorizer(None)
        if isinstance(error, sqlite3.Error) and "locked" not in str(error):
            raise ScopeError(
                f"--where {self._scope.where!r}: {error}; expected a condition over captures"
                " (source, url, time, status, sha256, bytes, content_type, segment), as in: url LIKE '%/tin-tuc/%'"
            ) from None
