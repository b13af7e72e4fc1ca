"""A run: discover, fetch and archive, read and load, observe. Plain functions over one ``Run``, without Prefect.

Every step may be repeated: what was done is in the database, what was not is done by the next call.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from sqlite_utils import Database

from db.archive import Archive
from db.home import Home
from db.identity import document_id
from db.store import (
    captures_to_extract,
    close_incidents_of_others,
    finish_run,
    hold_transactions,
    open_database,
    record_error,
    record_source,
    start_run,
)
from db.store.todo import items
from extractors.fingerprint import fingerprint, page_fingerprint
from flows.asked import changed_since, longest_unasked, standing, walked_through
from flows.batches import batches
from flows.discover import Discovery, Options, Plan
from flows.gather import Gatherer, Place, Shelf, Visit
from flows.net.budget import Budget
from flows.net.errors import BudgetSpent, FetchError, Gone
from flows.net.pace import Pace
from flows.net.session import Limits
from flows.observe import refresh
from flows.progress import Progress
from flows.reading.keep import keep
from flows.reading.pool import crew
from flows.reading.reader import read_all
from flows.reading.work import Outcome
from flows.report import fault_line
from flows.sources import FILES, SourceError, load_sources
from flows.tally import Tally
from flows.watch.evaluate import evaluate
from schemas.sources import Source

#: captures that are looked up at a time
_LOOKED_UP = 500


class Run:
    """One run over some sources, open from ``start`` to ``finish``; a context manager that does both.

    Its methods may be called from several threads, one source at a time each.
    """

    def __init__(
        self,
        home: Home,
        sources: Mapping[str, Source],
        *,
        kind: str = "ingest",
        options: Options | None = None,
        progress: Progress | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.home = home
        self.sources = dict(sources)
        self.archive = Archive(home.archive)
        self.progress = progress or Progress(quiet=True)
        self.id = ""
        self.tally = Tally()
        self.kind = kind
        self._options = options or Options()
        self._limits = limits
        self._now = now
        self._pace = Pace()
        self._visits: dict[str, Visit] = {}
        self._budgets = {code: Budget(source.budget) for code, source in self.sources.items()}
        self._hashes = {code: page_fingerprint(source) for code, source in self.sources.items() if code != FILES.code}
        self._stack = ExitStack()

    def __enter__(self) -> Run:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.finish(failed=error is not None)

    def start(self) -> None:
        """Open the run: its row, the sources' rows and (with the first body) its segment."""
        self.home.create()
        with self.database() as db:
            self.id = start_run(db, self.kind, fingerprint=fingerprint(), started=self._now())
            for source in self.sources.values():
                record_source(db, source)
        self.segment = self._stack.enter_context(self.archive.segment(self.id))
        self._place = Place(self.id, self.segment, threading.Lock())

    def finish(self, *, failed: bool = False) -> None:
        """Close the run's connections, segment and row."""
        for visit in self._visits.values():
            visit.close()
        self._stack.close()
        with self.database() as db:
            if not failed:
                self._watch(db)
            status = "failed" if failed else "partial" if self.errors else "ok"
            finish_run(db, self.id, finished=self._now(), status=status, counts=self.summary())

    def summary(self) -> dict[str, Any]:
        """What the run did; see ``Tally.summary``."""
        return self.tally.summary(self.sources)

    @property
    def counts(self) -> Mapping[str, Counter[str]]:
        """What became of how many pages, by source."""
        return self.tally.counts

    @property
    def errors(self) -> list[dict[str, str]]:
        """What went wrong, in its order."""
        return self.tally.errors

    def database(self) -> closing[Database]:
        """A connection of the calling thread, for a ``with``."""
        return closing(open_database(self.home.database))

    # the four steps

    def discover(self, code: str) -> Plan:
        """What there is to ask of a source. Raises FetchError when none of its lists, feeds and sitemaps answered."""
        self._visit_anew(code)
        with self.database() as db:
            plan = Discovery(
                self.sources[code],
                Gatherer(self._visits[code], self.shelf(db, code)),
                standing=lambda url: standing(db, url),
                changed=lambda url, modified: changed_since(db, url, modified),
                body=lambda got: got.body(self.archive),
                report=lambda stage, url, reason: self.report(db, code, url, stage, reason),
                options=self._options,
                completed=walked_through(db, code, self.id),
            ).run()
            plan.look_again(longest_unasked(db, code, self._options.recheck), self._options)
        self.tally.complete[code], self.tally.down[code] = plan.complete, False
        self.tally.add(code, plan.counts)
        self.progress.more(len(plan.new) + len(plan.again))
        self.progress.stage(f"{code}: {len(plan.new)} new pages to fetch, {len(plan.again)} to ask again")
        return plan

    def source_down(self, code: str, error: Exception) -> None:
        """Note that a source could not be visited at all; the others are.

        What is wrong with the database or the disk is wrong for all of them and is raised again.
        """
        if isinstance(error, sqlite3.Error | OSError):
            raise error
        self.tally.down[code] = not isinstance(error, BudgetSpent)
        url, reason = str(self.sources[code].url), f"{type(error).__name__}: {error}"
        if isinstance(error, FetchError):
            url, reason = error.url, str(error)
        with self.database() as db:
            self.report(db, code, url, "list", reason)

    def fetch(self, code: str, urls: Sequence[str]) -> None:
        """Ask for pages and archive what comes; each failure is a row and the next page is asked.

        When the source's budget is spent, the rest is left to the next run, which walks the lists to their end.
        """
        with self.database() as db:
            gatherer = Gatherer(self._visits[code], self.shelf(db, code))
            for url in urls:
                try:
                    self._fetch_one(db, gatherer, code, url)
                except BudgetSpent as error:
                    self._leave(code, error)
                self.progress.done(code)

    def waiting(self) -> list[str]:
        """Ids of archived pages of these sources that were not read yet: this run's, and what a crash left."""
        with self.database() as db:
            rows = captures_to_extract(db, fingerprint(), new_only=True, sites=self._hashes)
        found = [row.capture_id for row in rows if row.source in self.sources]
        self.progress.more(len(found))
        self.progress.stage(f"reading {len(found)} pages")
        return found

    def load(self, capture_ids: Sequence[str], jobs: int = 1) -> None:
        """Read archived pages into the database, ``jobs`` processes at a time; one that cannot be read goes to
        quarantine. What was loaded is observed while the processes read on.
        """
        with self.database() as db, crew(jobs) as ask:
            hold_transactions(db)
            steps = read_all(
                (items(db, some) for some in batches(capture_ids, _LOOKED_UP)),
                archive=str(self.archive.root),
                sources={code: source for code, source in self.sources.items() if code != FILES.code},
                ask=ask,
                seen=lambda number: self.progress.done("reading", number),
            )
            for step in steps:
                loaded: set[str] = set()
                outcomes = [outcome for outcome in step if isinstance(outcome, Outcome)]
                for kept in keep(db, self.archive, self.id, outcomes, self._hashes):
                    self.count(kept.row.source, kept.what)
                    if kept.what == "read":
                        loaded.add(document_id(kept.row.url))
                    elif kept.reason is not None:
                        self._note(kept.row.source, kept.row.url, "read", kept.reason)
                refresh(db, documents=loaded)

    def observe(self) -> None:
        """Compare the series of what was loaded, and derive anew what other rules, corrections or a crash left."""
        with self.database() as db:
            hold_transactions(db)
            refresh(db)

    def report(self, db: Database, code: str, url: str, stage: str, reason: str) -> None:
        """Put something that went wrong into quarantine and say so."""
        record_error(db, self.id, source=code, url=url, capture_id=None, stage=stage, reason=reason)
        self._note(code, url, stage, reason)

    def shelf(self, db: Database, code: str) -> Shelf:
        """Where a source's bodies go."""
        return Shelf(db, self._place, code)

    def admit(self, db: Database, source: Source) -> None:
        """Make a source one of this run's while it goes on."""
        if source.code not in self.sources:
            record_source(db, source)
            self.sources[source.code] = source

    def count(self, code: str, what: str) -> None:
        """One more page of which ``what`` became."""
        self.tally.add(code, {what: 1})

    # within

    def _watch(self, db: Database) -> None:
        """Measure and judge the sources that were visited. A fault of the watch must not cost the night its result."""
        if self.tally.down:
            with suppress(SourceError):
                close_incidents_of_others(
                    db, self.id, sources={*load_sources(self.home.sites), *self.sources}, now=self._now()
                )
        for code in self.tally.down:
            try:
                visited = self.tally.visited(self.sources[code])
                self.tally.health[code] = evaluate(db, self.id, visited, self._now())
            except (sqlite3.Error, ArithmeticError, ValueError, KeyError, TypeError) as error:
                self.report(db, code, str(self.sources[code].url), "watch", f"{type(error).__name__}: {error}")

    def _visit_anew(self, code: str) -> None:
        old = self._visits.get(code)
        if old is not None:
            old.close()  # a second attempt asks for robots.txt again
        self._visits[code] = Visit(
            self.sources[code],
            self._pace,
            self._limits,
            budget=self._budgets[code],
            now=self._now,
            waiting=lambda text: self.progress.waiting(f"{code}: {text}"),
        )

    def _fetch_one(self, db: Database, gatherer: Gatherer, code: str, url: str) -> None:
        try:
            got = gatherer.get(url, "page")
        except FetchError as error:
            self.count(code, error.outcome)
            if error.outcome != "disallowed":  # that is the portal's wish, not a fault
                self.report(db, code, url, "fetch", f"HTTP {error.status}" if isinstance(error, Gone) else str(error))
        else:
            self.count(code, got.outcome)

    def _leave(self, code: str, error: BudgetSpent) -> None:
        """Count a page that the budget leaves to the next run; the first one is said."""
        if not self.counts[code]["left"]:
            self.progress.note(f"{code}: {error}")
        self.tally.complete[code] = False
        self.count(code, error.outcome)

    def _note(self, code: str, url: str, stage: str, reason: str) -> None:
        self.tally.fault(code, url, stage, reason)
        self.progress.note(fault_line(code, url, reason))
