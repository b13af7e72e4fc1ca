"""Writing segments and reading records back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from db.archive import records
from db.archive.bodies import BodyError, decoded
from db.archive.external import is_external, verify_external
from db.archive.members import Member, members, read_member
from db.archive.records import ArchiveError, RecordHead
from db.archive.verify import VerifyReport, verify
from db.durable import sync
from schemas.captures import ArchiveRef, Capture

ENDING = ".warc.gz"


class Segment:
    """One file of a run. It comes into being with the first capture: a run without bodies leaves no file."""

    def __init__(self, folder: Path, run_id: str) -> None:
        self.folder = folder
        self._run_id = run_id
        self._file: FileIO | None = None
        self._name = ""
        self._sync = True

    def __enter__(self) -> Segment:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(
        self,
        capture: Capture,
        *,
        duplicate_of: tuple[str, datetime] | None = None,
        duplicate_ref: ArchiveRef | None = None,
    ) -> ArchiveRef:
        """Append a capture; when this returns, the record is on the disk (within ``batch``: when that ends).

        ``duplicate_of`` names URI and time of an archived capture with the same body: then a revisit record is
        written. ``duplicate_ref`` is where that one lies (reading back is faster with it).
        """
        file = self._open()
        # Both records are made in memory first: what fails while it is made leaves nothing in the file.
        buffer, length = records.packed(capture, duplicate_of, duplicate_ref)
        return ArchiveRef(self._name, _append(file, buffer, sync=self._sync), length)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write many captures and sync once, at the end; only then may the index know of them.

        When something fails inside, or the sync does, the file ends where it ended before: none of them is there.
        """
        file = self._open()
        start = file.tell()
        self._sync = False
        try:
            yield
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(start)
            file.seek(start)
            raise
        finally:
            self._sync = True

    def _open(self) -> FileIO:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._name, self._file = _create(self.folder, self._run_id)
            buffer = BytesIO()
            writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
            info = {"software": "bantin", "format": "WARC File Format 1.1", "isPartOf": self._run_id}
            writer.write_record(writer.create_warcinfo_record(self._name, info))
            _append(self._file, buffer)
            for folder in (self.folder, self.folder.parent):
                sync(folder)
        return self._file


def _append(file: FileIO, buffer: BytesIO, *, sync: bool = True) -> int:
    """Write and sync; returns the offset. After a failure the file ends where it ended before."""
    offset = file.tell()
    left = buffer.getbuffer()
    try:
        while left:
            left = left[file.write(left) :]
        if sync:
            os.fsync(file.fileno())
    except OSError:
        file.truncate(offset)  # a full disk must not leave half a record before the next one
        file.seek(offset)
        raise
    return offset


def _create(folder: Path, run_id: str) -> tuple[str, FileIO]:
    """A new file, never one that exists: a segment with a torn end is left as the crash left it."""
    for number in range(1, 10_000):
        name = f"{run_id}{ENDING}" if number == 1 else f"{run_id}-{number}{ENDING}"
        try:
            return name, FileIO(folder / name, "x")
        except FileExistsError:
            continue
    raise ArchiveError(f"{folder}: ten thousand segments of run {run_id}; start a new run")


class Archive:
    """The segments of one folder."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._targets: dict[tuple[str, datetime], ArchiveRef] | None = None

    @contextmanager
    def segment(self, run_id: str) -> Iterator[Segment]:
        """The segment of a run, open for writing."""
        if not run_id or not all(char.isalnum() or char in "-_" for char in run_id):
            raise ValueError(f"a run id becomes a file name: letters, digits, - and _ only, found {run_id!r}")
        with Segment(self.root, run_id) as segment:
            yield segment
        self._targets = None

    def segments(self) -> list[Path]:
        """The segment files in order of their names, which is that of their runs."""
        return sorted(self.root.glob(f"*{ENDING}"))

    def read(self, ref: ArchiveRef, *, request: bool = True) -> Capture:
        """The capture at ``ref``; a revisit record comes with the body of its target.

        Without ``request`` the record behind it is not looked at, which may be a page as long as this one.
        """
        record, asked = self._records_at(ref, request)
        found = records.head(record)
        if found is None:
            raise ArchiveError(f"{_at(ref)}: expected a response, resource or revisit record, found {record.rec_type}")
        revisit = found.type == "revisit"
        try:
            body = self._target_body(ref, record, found) if revisit else decoded(record)
        except BodyError as error:
            raise ArchiveError(f"{_at(ref)}: {error}") from None
        return records.to_capture(record, asked, body)

    def records(self) -> Iterator[tuple[ArchiveRef, RecordHead]]:
        """Every readable body record, segment by segment. Damaged ones are passed over: ``verify`` reports them."""
        for path in self.segments():
            for member in members(path):
                if member.state != "whole":
                    continue
                found = records.head(records.parse(member.data))
                if found is not None:
                    yield ArchiveRef(path.name, member.offset, member.length), found

    def verify(
        self,
        progress: Callable[[str, int, int], None] | None = None,
        *,
        expected: Iterable[tuple[ArchiveRef, str]] = (),
    ) -> VerifyReport:
        """Re-read every record and its digests.

        ``progress(segment, bytes done, bytes in all)`` is called after each record. ``expected`` are the index's
        rows (place, SHA-256 of the body): one whose record is missing or says something else is an error. Of files
        outside the archive only the records are read that the index points at.
        """
        ours: list[tuple[ArchiveRef, str]] = []
        others: list[tuple[ArchiveRef, str]] = []
        for item in expected:
            (others if is_external(item[0].segment) else ours).append(item)
        report = verify(self.segments(), ours, progress)
        verify_external(self, others, report)
        return report

    def _records_at(self, ref: ArchiveRef, request: bool) -> tuple[Any, Any | None]:
        """The record at ``ref`` and, if wanted, the request record behind it, where there is one."""
        path = self.root / ref.segment
        try:
            record = records.parse(self._member(path, ref).data)
        except ArchiveLoadFailed as error:
            raise ArchiveError(f"{_at(ref)}: no WARC record there: {error}") from None
        end = ref.offset + ref.length
        if not request or is_external(ref.segment):
            return record, None  # others may write the request before the response, or not at all
        if path.stat().st_size > end:
            following = read_member(path, end)
            if following.state == "whole":
                other = records.parse(following.data)
                about = other.rec_headers.get_header("WARC-Concurrent-To")
                if other.rec_type == "request" and about == record.rec_headers.get_header("WARC-Record-ID"):
                    return record, other
        return record, None

    def _member(self, path: Path, ref: ArchiveRef) -> Member:
        if not path.exists():
            if path.is_symlink():
                raise ArchiveError(
                    f"{_at(ref)}: {path.readlink()} is not there; where it was moved to, run: bantin import"
                    " --by-reference FILE"
                )
            raise ArchiveError(f"{_at(ref)}: no such segment in {self.root}")
        member = read_member(path, ref.offset, ref.length)
        if member.state != "whole":
            raise ArchiveError(f"{_at(ref)}: the record is {member.state}: {member.reason}; run: bantin archive verify")
        return member

    def _target_body(self, ref: ArchiveRef, record: Any, found: RecordHead) -> bytes:
        target = self._target(record, found)
        if target is None:
            raise ArchiveError(f"{_at(ref)}: a revisit record whose target {found.refers_to} is not in {self.root}")
        original = records.parse(self._member(self.root / target.segment, target).data)
        digest = original.rec_headers.get_header("WARC-Payload-Digest")
        if digest != found.payload_digest:
            raise ArchiveError(
                f"{_at(ref)}: its target at {_at(target)} holds {digest}, expected {found.payload_digest}"
            )
        body: bytes = original.content_stream().read()
        return body

    def _target(self, record: Any, found: RecordHead) -> ArchiveRef | None:
        """By the place we noted; else by URI and date over the whole archive, as any replayer does it."""
        place = records.shortcut(record)
        if place is not None and (self.root / place[0]).exists():
            member = read_member(self.root / place[0], place[1])
            if member.state == "whole":
                there = records.head(records.parse(member.data))
                if there is not None and (there.url, there.time) == found.refers_to:
                    return ArchiveRef(place[0], member.offset, member.length)
        if found.refers_to is None:
            return None
        if self._targets is None:
            self._targets = {(head.url, head.time): at for at, head in self.records() if head.type != "revisit"}
        return self._targets.get(found.refers_to)


def _at(ref: ArchiveRef) -> str:
    return f"segment {ref.segment} at {ref.offset}"
