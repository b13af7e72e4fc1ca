"""A re-extraction: every archived page of a scope read by today's rules, beside what people see. Nothing is fetched.

What was read is in the database after each batch, so a killed one goes on where it stopped; the same call does it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from db.home import Home
from db.store import finish_run, hold_transactions, load_many, open_database, record_error, start_run, writing
from db.store.batch import note_reading
from db.store.candidates import (
    KIND,
    Read,
    Scope,
    count_captures,
    count_read,
    note_candidates,
    reopen,
    unfinished,
    unread,
)
from db.store.facts import differing_facts
from db.store.removals import removal_of
from db.store.todo import Done, facts_at, look, result_at
from extractors.fingerprint import fingerprint, fingerprints
from flows.progress import Progress
from flows.reading.pool import Ask, crew, fitting
from flows.reading.reader import Step, read_all
from flows.reading.work import Outcome
from flows.report import fault_line
from flows.sources import FILES
from schemas.fingerprints import Fingerprints
from schemas.sources import Source

#: captures that are looked up at a time
CHUNK = 500


class Reextraction:
    """One candidate run, from ``open`` to ``close``; a context manager. One thread's."""

    def __init__(
        self, home: Home, sources: Mapping[str, Source], scope: Scope, *, progress: Progress | None = None
    ) -> None:
        self.home = home
        self.scope = scope
        self.progress = progress or Progress(quiet=True)
        self.id = ""
        self.resumed = False
        self.total = 0
        self._sources = {code: source for code, source in sources.items() if code != FILES.code}
        self._prints: dict[str, Fingerprints] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Reextraction:
        self.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(failed=error is not None)

    def open(self) -> None:
        """Begin a run, or go on with the one of the same rules and scope that nobody promoted. Raises ScopeError."""
        self._db = open_database(self.home.database)
        hold_transactions(self._db)
        self._stack.callback(self._db.close)
        try:
            self.total = count_captures(self._db, self.scope)
            with writing(self._db):
                found = unfinished(self._db, fingerprint(), self.scope)
                if found is not None:
                    reopen(self._db, found, self._fingerprints)
                self.resumed = found is not None
                self.id = found or start_run(
                    self._db,
                    KIND,
                    fingerprint=fingerprint(),
                    started=datetime.now(UTC),
                    scope=self.scope.to_json(),
                )
        except BaseException:
            self._stack.close()
            raise

    def close(self, *, failed: bool = False) -> None:
        """Close the run's row, also when it is to go on later."""
        try:
            counts = self.summary()
            status = "failed" if failed else "partial" if counts["unreadable"] else "ok"
            finish_run(self._db, self.id, finished=datetime.now(UTC), status=status, counts=counts)
        finally:
            self._stack.close()

    @property
    def parts(self) -> Path:
        """Where the workers of a cluster leave what they read."""
        return self.home.root / "parts" / self.id

    def left(self) -> int:
        """How many captures are still to be read."""
        return self.total - count_read(self._db, self.id)

    def crew(self, jobs: int | None = None, scheduler: str | None = None) -> AbstractContextManager[Ask]:
        """Who reads: a Dask cluster, or ``jobs`` processes; by default as many as fit what is left."""
        return crew(jobs or fitting(self.left()), scheduler, self.parts)

    def read(self, ask: Ask) -> None:
        """Read everything that is left."""
        self.progress.more(self.left())
        steps = read_all(
            self._looked(),
            archive=str(self.home.archive),
            sources=self._sources,
            ask=ask,
            seen=lambda number: self.progress.done("reading", number),
        )
        for step in steps:
            self.keep(step)

    def keep(self, step: Step) -> None:
        """Write what came of some captures, in one transaction."""
        with writing(self._db):
            note_candidates(self._db, self.id, list(self._written(step)))

    def summary(self) -> dict[str, Any]:
        """What the run has read so far."""
        read, unreadable, new = self._db.conn.execute(
            "SELECT count(*), coalesce(sum(bulletin_id IS NULL), 0), coalesce(sum(result_run = run_id), 0)"
            " FROM candidates WHERE run_id = ?",
            (self.id,),
        ).fetchone()
        return {"captures": read, "unreadable": unreadable, "other_result": new, "of": self.total}

    # within

    def _looked(self) -> Iterator[Sequence[Any]]:
        for capture_ids in unread(self._db, self.id, self.scope, CHUNK):
            yield look(self._db, capture_ids, self._fingerprints)

    def _fingerprints(self, code: str) -> Fingerprints:
        if code not in self._prints:
            self._prints[code] = fingerprints(self._sources.get(code))
        return self._prints[code]

    def _written(self, step: Step) -> Iterator[Read]:
        """Store results in order; one that cannot be stored is an unreadable capture, the others stay."""
        prepared = [entry.prepared for entry in step if isinstance(entry, Outcome) and entry.prepared]
        gone = {one.capture_id for one in prepared if removal_of(self._db, text_sha256=one.text_sha256)}
        fine = [one for one in prepared if one.capture_id not in gone]
        refused = {one.prepared.capture_id: one.error for one in load_many(self._db, self.id, fine, promote=False)}
        for entry in step:
            if isinstance(entry, Done):
                yield self._spared(entry.capture_id, entry.version, entry.result_run)
            elif entry.error is not None:
                yield self._unreadable(entry.capture_id, entry.stage, entry.error)
            elif entry.same is not None:
                result = self._result_of(entry)
                yield self._spared(entry.capture_id, entry.same, result)
            elif entry.capture_id in gone:
                yield self._unreadable(entry.capture_id, "removed", "its text was removed for good")
            elif entry.capture_id in refused:
                error = refused[entry.capture_id]
                yield self._unreadable(entry.capture_id, "load", f"{type(error).__name__}: {error}")
            else:
                yield self._stored(entry)

    def _result_of(self, entry: Outcome) -> str:
        assert entry.same is not None
        result = result_at(self._db, entry.same, self._prints_of(entry.capture_id))
        assert result is not None  # the worker was told of this version because there is one
        return result

    def _prints_of(self, capture_id: str) -> Fingerprints:
        source = self._db.conn.execute("SELECT source FROM captures WHERE id = ?", (capture_id,)).fetchone()[0]
        return self._fingerprints(source)

    def _spared(self, capture_id: str, version: str, result_run: str) -> Read:
        prints = self._prints_of(capture_id)
        note_reading(
            self._db,
            self.id,
            capture_id=capture_id,
            version=version,
            result_run=result_run,
            fingerprint=prints.whole,
            fingerprints=prints,
        )
        return Read(capture_id, version, result_run, facts=facts_at(self._db, version, prints))

    def _unreadable(self, capture_id: str, stage: str, reason: str) -> Read:
        source, url = self._db.conn.execute("SELECT source, url FROM captures WHERE id = ?", (capture_id,)).fetchone()
        record_error(
            self._db,
            self.id,
            source=source,
            url=url,
            capture_id=capture_id,
            stage=stage,
            reason=reason,
            site=self._fingerprints(source).page if stage != "archive" else None,
        )
        self.progress.note(fault_line(source, url, reason))
        return Read(capture_id, None, None, reason)

    def _stored(self, outcome: Outcome) -> Read:
        prepared = outcome.prepared
        assert prepared is not None
        result = self._db.conn.execute(
            "SELECT result_run FROM readings WHERE capture_id = ? AND fingerprint = ?",
            (outcome.capture_id, self._prints_of(outcome.capture_id).whole),
        ).fetchone()[0]
        facts = differing_facts(self._db, prepared.bulletin_id, prepared.facts or ())
        return Read(
            outcome.capture_id,
            prepared.bulletin_id,
            result,
            facts=None if facts is None else json.dumps(facts, ensure_ascii=False),
        )


def counts_line(counts: Mapping[str, Any]) -> str:
    """The summary of a run in words.

    >>> counts_line({"captures": 3, "of": 4, "other_result": 1, "unreadable": 0})
    '3 of 4 captures read, 1 with another result than before, 0 unreadable'
    """
    known = Counter(counts)
    return (
        f"{known['captures']} of {known['of']} captures read, {known['other_result']} with another result than before,"
        f" {known['unreadable']} unreadable"
    )
