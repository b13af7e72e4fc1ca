"""Asking for one address and keeping what comes: the log's row, the archive's record, the index's row, in that order
of need: the body is on the disk before the database knows of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from db.archive import Archive, Segment
from db.archive.erase import erase
from db.archive.search import request_after
from db.store import LastCapture, find_body, last_capture, log_fetch, record_capture, writing
from db.store.removals import is_removed, removed_record
from extractors.sites.model import Form
from flows.about import user_agent
from flows.net import errors
from flows.net.budget import Budget
from flows.net.pace import Pace
from flows.net.robots import Robots, Rules, robots_body
from flows.net.session import Limits, Session
from schemas.captures import ArchiveRef, Capture
from schemas.sources import Source

#: characters of an ETag or a date that are worth sending with every further request
_LONGEST_VALIDATOR = 256
_TURNED = "POST, the list's pager: read for its links, not archived"


@dataclass(frozen=True, slots=True)
class Got:
    """``outcome`` as in the fetch log; without a body only for "not_modified", without a record for "removed"."""

    url: str
    outcome: str
    capture_id: str | None
    capture: Capture | None
    ref: ArchiveRef | None

    def body(self, archive: Archive) -> Capture:
        """What came; where it did not change, as it is archived."""
        if self.capture is not None:
            return self.capture
        assert self.ref is not None
        return archive.read(self.ref)


class Visit:
    """What lasts while one source is visited: its session, and the robots.txt of its hosts."""

    def __init__(
        self,
        source: Source,
        pace: Pace,
        limits: Limits | None = None,
        *,
        budget: Budget | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        waiting: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.source = source
        self.budget = budget or Budget(source.budget)
        self.session = Session(
            user_agent(source.contact),
            allow_private=source.allow_private,
            hosts=source.hosts,
            pace=pace,
            limits=limits,
            budget=self.budget,
            now=now,
            waiting=waiting,
        )
        self.rules: Rules = {}

    def close(self) -> None:
        """Close the connections."""
        self.session.close()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run writes: its id and its segment, which several threads share."""

    run_id: str
    segment: Segment
    lock: threading.Lock


class Shelf:
    """Keeps what one source brings. One thread's: it holds a connection to the database."""

    def __init__(self, db: Database, place: Place, source: str) -> None:
        self.db = db
        self._place = place
        self._source = source

    def keep(self, url: str, capture: Capture, kind: str, *, revisits: bool = True) -> Got:
        """Archive a body that was asked for at ``url``, then index it.

        A body that is archived already becomes a revisit record; with ``revisits=False`` one that is the address's
        own last body is only noted in the log.
        """
        if self._removed(url, capture):
            self.log(url, capture.time, "removed", answer=capture)
            return Got(url, "removed", None, capture, None)
        before = last_capture(self.db, capture.url)
        unchanged = before is not None and before.sha256 == capture.sha256
        ref = same = None
        if revisits or not unchanged:
            same = find_body(self.db, capture.sha256)
            if same is not None and removed_record(self.db, same.ref):
                same = None
            with self._place.lock:
                ref = self._place.segment.write(
                    capture,
                    duplicate_of=(same.url, same.time) if same else None,
                    duplicate_ref=same.ref if same else None,
                )
        with writing(self.db):
            if ref is not None and (self._removed(url, capture) or (same and removed_record(self.db, same.ref))):
                return self._once_more(url, capture, kind, ref)
            if before is not None and unchanged:
                self.log(url, capture.time, "unchanged", capture_id=before.capture_id, ref=ref, answer=capture)
                return Got(url, "unchanged", before.capture_id, capture, before.ref)
            assert ref is not None
            capture_id = record_capture(
                self.db,
                self._place.run_id,
                source=self._source,
                capture=capture,
                ref=ref,
                kind=kind,
                revisit_of=same.capture_id if same else None,
            )
            self.log(url, capture.time, "fetched", capture_id=capture_id, answer=capture)
        return Got(url, "fetched", capture_id, capture, ref)

    def _removed(self, url: str, capture: Capture) -> bool:
        return is_removed(self.db, url=url, sha256=None) or is_removed(self.db, url=capture.url, sha256=capture.sha256)

    def _once_more(self, url: str, capture: Capture, kind: str, ref: ArchiveRef) -> Got:
        """The body, or the one that its record refers to, was removed while it was being archived."""
        folder = self._place.segment.folder
        for place in (ref, request_after(folder, ref)):
            if place is not None:
                erase(folder, place, removal=self._place.run_id, time=capture.time)
        return self.keep(url, capture, kind)

    def log(
        self,
        url: str,
        time: datetime,
        outcome: str,
        *,
        status: int | None = None,
        capture_id: str | None = None,
        ref: ArchiveRef | None = None,
        answer: Capture | None = None,
        message: str | None = None,
    ) -> None:
        """Note one request and what came of it."""
        log_fetch(
            self.db,
            self._place.run_id,
            source=self._source,
            url=url,
            time=time,
            outcome=outcome,
            status=answer.status if answer else status,
            etag=_sendable(answer.header("ETag")) if answer else None,
            last_modified=_sendable(answer.header("Last-Modified")) if answer else None,
            bytes=len(answer.body) if answer else None,
            capture_id=capture_id,
            message=message,
            ref=ref,
        )


class Gatherer:
    """Fetches for one source. Without a ``shelf`` (a dry run) nothing is kept, without a ``db`` nothing is known."""

    def __init__(self, visit: Visit, shelf: Shelf | None, db: Database | None = None) -> None:
        self.budget = visit.budget
        self._session = visit.session
        self._shelf = shelf
        self._db = shelf.db if shelf else db
        self._robots = Robots(self._robots_txt, visit.session.pace, visit.source.delay, visit.rules)

    def get(self, url: str, kind: str) -> Got:
        """Ask for ``url``, on the condition that it changed since the last time. Raises FetchError, logged as well."""
        known = self._last(url)
        etag, modified = (_sendable(known.etag), _sendable(known.last_modified)) if known else (None, None)
        try:
            answer = self._session.fetch(url, etag=etag, last_modified=modified, allow=self._robots.check)
        except errors.FetchError as error:
            self._log_failure(url, error)
            raise
        if isinstance(answer, Capture):
            return self._keep(url, answer, kind)
        assert known is not None  # without a condition "not modified" is a fault
        if self._shelf:
            self._shelf.log(url, answer.time, "not_modified", status=answer.status, capture_id=known.capture_id)
        return Got(url, "not_modified", known.capture_id, None, known.ref)

    def submit(self, form: Form) -> Capture:
        """The page that a list's pager form turns to. Raises FetchError, logged as well.

        It is not archived: under the list's own address it would pass for that page, and what it names is archived.
        """
        try:
            answer = self._session.submit(form.url, form.fields, allow=self._robots.check)
        except errors.FetchError as error:
            self._log_failure(form.url, error)
            raise
        if self._shelf:
            self._shelf.log(form.url, answer.time, "fetched", status=answer.status, message=_TURNED)
        return answer

    def log_refused(self, url: str, why: str) -> None:
        """Note an address that was found but is not asked."""
        if self._shelf:
            self._shelf.log(url, datetime.now(UTC), "refused", message=why)

    def _keep(self, url: str, capture: Capture, kind: str) -> Got:
        return self._shelf.keep(url, capture, kind) if self._shelf else Got(url, "fetched", None, capture, None)

    def _robots_txt(self, url: str) -> bytes:
        try:
            capture = robots_body(self._session, url)
        except errors.FetchError as error:
            self._log_failure(url, error)
            raise
        self._keep(url, capture, "robots")
        return capture.body

    def _last(self, url: str) -> LastCapture | None:
        """The last capture of an address, or of where it led."""
        if self._db is None:
            return None
        last = last_capture(self._db, url)
        if last is not None:
            return last
        led = self._db.conn.execute(
            "SELECT c.url FROM fetch_log f JOIN captures c ON c.id = f.capture_id"
            " WHERE f.url = ? ORDER BY f.id DESC LIMIT 1",
            (url,),
        ).fetchone()
        return last_capture(self._db, led[0]) if led else None

    def _log_failure(self, url: str, error: errors.FetchError) -> None:
        if self._shelf is None:
            return
        status = error.status if isinstance(error, errors.HttpStatus) else None
        self._shelf.log(url, datetime.now(UTC), error.outcome, status=status, message=str(error))


def _sendable(validator: str | None) -> str | None:
    """An ETag or a date that the next request sends back; one that would be a burden is left out."""
    return validator if validator and len(validator) <= _LONGEST_VALIDATOR else None
