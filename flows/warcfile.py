"""The records of a WARC file as bytes: each with its place, faults among them, memory bounded whatever the file is.

In a gzipped file every record should be a member of its own, so reading goes on behind a damaged one; in an
uncompressed file (or one that was zipped as a whole) it goes on at the next line that begins a record. What is damaged
comes out as a piece with a reason, never as an exception.
"""

from __future__ import annotations

import mmap
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from db.archive.members import State, inflate, next_record

#: of a longer record only so much is looked at: enough for its headers, and more than any bulletin has
LARGEST_RECORD = 66 << 20
#: a member that unpacks to more than this goes to a file
_IN_MEMORY = 32 << 20
#: one that unpacks to more than a gigabyte and more than so many times the whole file is there to do harm
_LARGEST_MEMBER, _RATIO = 1 << 30, 100

#: what is said of a file that holds none
EMPTY_ARCHIVE = "an empty archive, there is no record in it"

_BEGINS = re.compile(rb"WARC/[0-9.]+\r?\n")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?mi)^Content-Length:[ \t]*([0-9]{1,15})[ \t]*\r?$")
_NEXT = re.compile(rb"[\r\n]*")
_ENDS_INSIDE = "the file ends inside it"

Data = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Piece:
    """One record, or (with a ``reason``) what is damaged where one should be.

    ``size`` is what it takes of the file, ``at`` is where it can be read by itself (None within a file that was zipped
    as a whole). What is ``doubtful`` stands in a damaged member: only its own digest can say that it is whole. ``cut``
    is a record of which only the beginning was read.
    """

    data: bytes
    place: str
    size: int
    reason: str = ""
    at: tuple[int, int] | None = None
    doubtful: bool = False
    cut: bool = False


def pieces(path: Path, name: str | None = None) -> Iterator[Piece]:
    """Every record of a file in order; ``name`` is what the file is called. OSError where it cannot be opened."""
    called = name or str(path)
    with path.open("rb") as file:
        head = file.read(5)
        if head[:2] == b"\x1f\x8b" or (head and head != b"WARC/" and _zipped_after_all(file, path)):
            yield from _zipped(file, path, called)
        elif head:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                for start, end, reason in _records(data):
                    alone = None if reason else (start, end - start)
                    yield _piece(data, start, end, reason, f"{called} at {start}", end - start, alone)


def _zipped_after_all(file: IO[bytes], path: Path) -> bool:
    """Whether the first record of a file with a damaged beginning stands in a gzip member."""
    member = next_record(path, 0)
    if member is None:
        return False
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _BEGINS.search(data, 0, member) is None


def _zipped(file: IO[bytes], path: Path, called: str) -> Iterator[Piece]:
    size = path.stat().st_size
    most = max(_LARGEST_MEMBER, _RATIO * size)
    offset = 0
    while offset < size:
        file.seek(offset)
        sink = _Sink()
        try:
            taken, state, reason = inflate(file, sink.write, most=most, salvage=True)
            following = offset + taken
            if state != "whole":
                behind = next_record(path, offset + 1)
                following = size if behind is None else behind
            with sink.content() as data:
                length = following - offset
                yield from _of_member(data, f"{called} at {offset}", (offset, length), state, reason)
        finally:
            sink.close()
        offset = following


def _of_member(data: Data, place: str, at: tuple[int, int], state: State, reason: str) -> Iterator[Piece]:
    """The records of one member; damage of the member is told once, where its last record begins."""
    size, last = at[1], None
    for start, end, wrong in _records(data):
        if last is not None:
            yield last
            size = 0  # a file zipped as a whole has all its records in one member
        alone = at if start == 0 and not wrong and not data[end : end + 5].strip() else None
        last = _piece(
            data, start, end, wrong, f"{place}+{start}" if start else place, size, alone, doubtful=state == "damaged"
        )
    if state == "whole":
        if last is not None:
            yield last
        return
    if state == "torn" and last is not None and not last.reason:
        yield last
        last, size = None, 0
    yield Piece(b"", last.place if last else place, size, reason)


def _piece(
    data: Data,
    start: int,
    end: int,
    reason: str,
    place: str,
    size: int,
    at: tuple[int, int] | None,
    *,
    doubtful: bool = False,
) -> Piece:
    if reason:
        return Piece(b"", place, size, reason)
    cut = end - start > LARGEST_RECORD
    return Piece(data[start : start + LARGEST_RECORD if cut else end], place, size, "", at, doubtful, cut)


def _records(data: Data) -> Iterator[tuple[int, int, str]]:
    """Where each record begins and ends, and what is wrong with it ("" for a whole one)."""
    at, size = 0, len(data)
    while at < size:
        end, reason = _record_end(data, at)
        if reason:
            following = _BEGINS.search(data, at + 1)
            end = following.start() if following else size
        yield at, end, reason
        blank = _NEXT.match(data, end)
        at = blank.end() if blank else end


def _record_end(data: Data, at: int) -> tuple[int, str]:
    if not _BEGINS.match(data, at):
        return at, "expected a line WARC/1.0 or WARC/1.1"
    head = _HEADERS_END.search(data, at)
    length = _LENGTH.search(data, at, head.start() + 1) if head else None
    if head is None:
        return at, _ENDS_INSIDE
    if length is None:
        return at, "its header has no Content-Length"
    end = head.end() + int(length[1])
    if end > len(data):
        return at, _ENDS_INSIDE
    rest = data[end : end + 1]
    return end, "it is longer than its Content-Length says" if rest not in (b"", b"\r", b"\n") else ""


class _Sink:
    """Takes decompressed bytes: in memory while they are few, else in a file without a name."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None

    def write(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._file is None and self._size > _IN_MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
            self._file.writelines(self._pieces)
            self._pieces.clear()
        if self._file is None:
            self._pieces.append(piece)
        else:
            self._file.write(piece)

    @contextmanager
    def content(self) -> Iterator[Data]:
        if self._file is None:
            yield b"".join(self._pieces)
            return
        self._file.flush()
        with mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
