"""Where a page is accepted, or not; what is accepted is on the disk before the index knows of it, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from db.archive import ArchiveError
from db.archive.external import link
from db.store import add_capture, capture_id_of, find_body, writing
from db.store.imports import ImportedFile, body_place, is_known, note_digests, revisited, save_import
from db.store.removals import is_removed, removed_record
from db.times import from_text
from flows.imports.addresses import original
from flows.imports.formats import File
from flows.imports.found import Found, Page
from flows.imports.pending import Pending
from flows.imports.portals import Portals, host_of, kind_of
from flows.ingest import Run
from flows.items import Fault
from flows.sources import FILES
from flows.times import local_time
from flows.warcanswers import Left, Revisit
from schemas.captures import ArchiveRef, Capture
from schemas.sources import Source

#: what one sync and one transaction take in
BATCH_PAGES, BATCH_BYTES = 500, 16 << 20
#: what a dry run remembers of pages, so that it finds what revisit records mean
LISTED_BYTES = 256 << 20
#: faults of one file that get a row and a line each; the others are counted
MOST_FAULTS = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages are asked for. Days are those of the capture on the portals' clocks, both included."""

    since: date | None = None
    until: date | None = None
    url: Callable[[str], bool] | None = None
    limit: int | None = None

    def wants(self, capture: Capture) -> bool:
        """Whether a page is among them."""
        day = local_time(capture.time).date()
        return (
            (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and (self.url is None or self.url(capture.url))
        )


@dataclass(frozen=True, slots=True)
class _Accepted:
    page: Page
    source: Source
    kind: str
    file: ImportedFile
    ref: ArchiveRef | None


class Intake:
    """Takes what files hold into an open run. ``list_only`` is told what would be taken, and nothing is written."""

    def __init__(
        self,
        run: Run,
        db: Database,
        portals: Portals,
        wanted: Wanted,
        *,
        list_only: Callable[[Source, Page, bool], None] | None = None,
    ) -> None:
        self.run = run
        self.db = db
        #: pages that belong to no portal, by host
        self.strangers: Counter[str] = Counter()
        self._portals = portals
        self._wanted = wanted
        self._list_only = list_only
        self._taken = 0
        self._batch: list[_Accepted] = []
        self._bytes = 0
        self._files: dict[str, ImportedFile] = {}  # whose rows are not written as they are now
        self._faults: list[tuple[Fault, ImportedFile]] = []
        self._pending = Pending()

    @property
    def full(self) -> bool:
        """Whether as many pages were taken as are asked for."""
        return self._wanted.limit is not None and self._taken >= self._wanted.limit

    def take(self, found: Found, into: ImportedFile, file: File) -> None:
        """One thing that a file holds."""
        self._files[into.id] = into
        match found.what:
            case None:
                return
            case Left(why="other"):
                into.records += 1
            case Left(why=why):
                into.records += 1
                into.skipped[why] += 1
            case Fault() as fault:
                into.damaged += 1
                self._fault(fault, into)
            case Revisit() as revisit:
                into.records += 1
                page = self._resolved(revisit, into)
                if page is not None:
                    self._accept(page, into, file)
            case Page() as page:
                into.records += 1
                self._accept(page, into, file)
        if len(self._batch) >= BATCH_PAGES or self._bytes >= BATCH_BYTES or len(self._faults) >= BATCH_PAGES:
            self.flush()

    def ended(self, into: ImportedFile, now: datetime) -> None:
        """A file was read to its end."""
        into.finished = now
        self._files[into.id] = into
        if into.damaged > MOST_FAULTS:
            self.run.progress.note(f"{into.path}: {into.damaged - MOST_FAULTS} more damaged places, not listed")
        if len(self._files) >= BATCH_PAGES:
            self.flush()

    def flush(self) -> None:
        """Write what was accepted: records, one sync, then one transaction with all rows."""
        if self._list_only is not None:
            for fault, _ in self._faults:
                self.run.progress.note(fault.message)
            self._faults.clear()
            if self._bytes < LISTED_BYTES:
                return
        elif self._batch or self._files or self._faults:
            refs, targets = self._archived()
            with writing(self.db):
                for row in self._files.values():
                    save_import(self.db, row)
                self._index(refs, targets)
                note_digests(self.db, self._pending.digests)
                for fault, row in self._faults:
                    self.run.report(self.db, FILES.code, row.path, "import", fault.message)
                for row in self._files.values():
                    save_import(self.db, row)
        self._batch.clear()
        self._pending = Pending()
        self._files.clear()
        self._faults.clear()
        self._bytes = 0

    # within

    def _accept(self, page: Page, into: ImportedFile, file: File) -> None:
        """The one place where a page becomes a capture, or is left out for a reason that is counted."""
        capture = page.capture
        if not self._wanted.wants(capture):
            into.skipped["filtered"] += 1
            return
        source = self._portals.of(capture.url, local_time(capture.time).date())
        if source is None:
            into.skipped["no_portal"] += 1
            host = host_of(capture.url)
            self.strangers[host[0] if host else capture.url] += 1
            return
        if is_removed(self.db, url=capture.url, sha256=capture.sha256):
            into.skipped["removed"] += 1
            return
        if page.digest:
            self._pending.digests.setdefault(page.digest, capture.sha256)
        known = self._pending.has(capture, page.weak) or is_known(self.db, capture, any_time=page.weak)
        if self._list_only is not None:
            self._list_only(source, page, known)
        if known:
            into.known += 1
            self.run.count(source.code, "known")
        else:
            self._taken += 1
        if self._list_only is not None:
            self._pending.add(capture)
            self._bytes += len(capture.body)
            return
        self.run.admit(self.db, source)
        if known:
            return
        ref = None
        if into.mode == "reference" and page.at is not None:
            ref = ArchiveRef(link(self.run.archive.root, file.path, into.sha256), *page.at)
        self._batch.append(_Accepted(page, source, kind_of(source, capture.url), into, ref))
        self._pending.add(capture)
        self._bytes += len(capture.body)

    def _archived(self) -> tuple[list[ArchiveRef | None], list[str | None]]:
        """Records of the batch's pages on the disk; and for each body that is archived already whose it is."""
        refs = [item.ref for item in self._batch]
        targets: list[str | None] = [None] * len(refs)
        if all(ref is not None for ref in refs):
            return refs, targets
        written: dict[str, tuple[str, str, datetime, ArchiveRef]] = {}
        with self.run.segment.batch():
            for number, item in enumerate(self._batch):
                if item.ref is not None:
                    continue
                capture = item.page.capture
                sha256 = capture.sha256
                same = written.get(sha256)
                if (
                    same is None
                    and (archived := find_body(self.db, sha256))
                    and not (removed_record(self.db, archived.ref))
                ):
                    same = (archived.capture_id, archived.url, archived.time, archived.ref)
                try:
                    ref = self.run.segment.write(
                        capture,
                        duplicate_of=same[1:3] if same else None,
                        duplicate_ref=same[3] if same else None,
                    )
                except (ValueError, TypeError) as error:  # headers that no record can hold
                    item.file.damaged += 1
                    self._fault(Fault(f"{item.page.place}: cannot be kept, {error}"), item.file)
                    continue
                refs[number] = ref
                if same is None:
                    written[sha256] = (capture_id_of(capture), capture.url, capture.time, ref)
                else:
                    targets[number] = same[0]
        return refs, targets

    def _index(self, refs: list[ArchiveRef | None], targets: list[str | None]) -> None:
        for item, ref, target in zip(self._batch, refs, targets, strict=True):
            if ref is None:
                continue
            add_capture(
                self.db,
                self.run.id,
                source=item.source.code,
                capture=item.page.capture,
                ref=ref,
                kind=item.kind,
                revisit_of=target,
                import_id=item.file.id,
            )
            item.file.pages += 1
            self.run.count(item.source.code, "new" if item.kind == "page" else "lists")

    def _fault(self, fault: Fault, into: ImportedFile) -> None:
        if into.damaged <= MOST_FAULTS:
            self._faults.append((fault, into))

    def _resolved(self, revisit: Revisit, into: ImportedFile) -> Page | None:
        """The page that a revisit record means, with the body of its target."""
        capture, refers = revisit.capture, None
        if not self._wanted.wants(capture):  # before anything is looked up
            into.skipped["filtered"] += 1
            return None
        if revisit.refers_to is not None:
            try:
                refers = (revisit.refers_to[0], from_text(revisit.refers_to[1]))
            except ValueError:
                refers = None
        sha256 = self._meant(capture.url, refers, revisit.digest)
        target = self._body(sha256) if sha256 else None
        if target is None:
            into.skipped["unresolved_revisit"] += 1
            return None
        url, time = original(capture.url)
        headers = capture.headers or tuple(item for item in target.headers if item[0].lower() == "content-type")
        full = replace(capture, url=url, time=time or capture.time, headers=headers, body=target.body)
        return Page(full, capture.url, digest=revisit.digest)

    def _meant(self, url: str, refers: tuple[str, datetime] | None, digest: str) -> str | None:
        """SHA-256 of the body that a revisit record refers to: by address and time, else by its digest."""
        here = (self._pending.dated.get(refers) if refers else None) or self._pending.digests.get(digest)
        return here or revisited(self.db, url, refers, digest, self._bytes_at)

    def _bytes_at(self, place: ArchiveRef) -> bytes:
        try:
            return self.run.archive.read(place).body
        except (ArchiveError, OSError):
            return b""

    def _body(self, sha256: str) -> Capture | None:
        here = self._pending.bodies.get(sha256)
        if here is not None:
            return here
        place = body_place(self.db, sha256)
        try:
            return self.run.archive.read(place) if place else None
        except (ArchiveError, OSError):
            return None
