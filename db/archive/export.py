"""Writing archived captures to WARC files of their own, with a CDXJ index, for other replay tools.

Records are copied byte for byte. A revisit record whose target is not among what is written becomes a full one, so that
the files stand for themselves.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from db.archive import records
from db.archive.members import read_member
from db.archive.records import ArchiveError
from db.archive.search import request_after
from db.archive.store import ENDING, Archive
from db.times import to_text
from schemas.captures import ArchiveRef
from schemas.surt import surt_key

#: what a file is called as long as it is written
_OPEN = ".open"
_GZIP = b"\x1f\x8b"


class WarcExportError(Exception):
    """What cannot be written, and what to type instead."""


@dataclass(slots=True)
class Written:
    """What was written; ``left`` are records that could not be read, with the reason."""

    files: list[Path] = field(default_factory=list)
    index: Path | None = None
    copied: int = 0
    made_full: int = 0
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Record:
    """The bytes of a body record, those of its request, and what the index says of it."""

    body: bytes
    request: bytes
    about: dict[str, str]
    key: str
    stamp: str


def write_warcs(
    archive: Archive,
    places: Iterable[ArchiveRef],
    out: Path,
    *,
    selection: Mapping[str, str],
    contains: Callable[[tuple[str, str]], bool],
    max_size: int,
) -> Written:
    """Write the records at ``places`` into ``out``, a folder or a file (*.warc.gz; further ones are numbered).

    ``contains`` says whether the capture of an address and time (as text) is among them with a body of its own. A file
    is closed before it grows over ``max_size`` bytes, but holds one record at least.
    """
    files = _Files(out, selection, max_size)
    lines: list[str] = []
    made = Written()
    with files:
        for ref in places:
            try:
                record, full = _read(archive, ref, contains)
            except (ArchiveError, ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
                made.left.append(str(error))
                continue
            name, offset = files.add(record.body, record.request)
            place = {"length": str(len(record.body)), "offset": str(offset), "filename": name}
            lines.append(f"{record.key} {record.stamp} {json.dumps(record.about | place, ensure_ascii=False)}")
            made.made_full += full
            made.copied += not full
    made.files = files.closed
    made.index = files.index
    lines.sort(key=lambda line: line.encode("utf-8", "surrogatepass"))
    with files.index.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as index:
        index.writelines(f"{line}\n" for line in lines)
    return made


def _read(archive: Archive, ref: ArchiveRef, contains: Callable[[tuple[str, str]], bool]) -> tuple[_Record, bool]:
    """The record at a place, and whether it had to be made a full one."""
    path = archive.root / ref.segment
    data = _bytes(path, ref) if path.exists() else b""
    if data.startswith(_GZIP) and read_member(path, ref.offset, ref.length).state == "whole":
        record = records.parse(gzip.decompress(data))
        head = records.head(record)
        if head is None:
            raise ArchiveError(f"segment {ref.segment} at {ref.offset}: no body is there, found {record.rec_type}")
        refers = (head.refers_to[0], to_text(head.refers_to[1])) if head.refers_to else None
        if head.type != "revisit" or (refers is not None and contains(refers)):
            request = request_after(archive.root, ref)
            return _record(record, head, data, _bytes(path, request) if request else b""), False
    capture = archive.read(ref)
    buffer, length = records.packed(capture)
    data = buffer.getvalue()
    made = records.parse(gzip.decompress(data[:length]))
    head = records.head(made)
    assert head is not None
    return _record(made, head, data[:length], data[length:]), True


def _bytes(path: Path, ref: ArchiveRef) -> bytes:
    with path.open("rb") as file:
        file.seek(ref.offset)
        return file.read(ref.length)


def _record(record: Any, head: records.RecordHead, body: bytes, request: bytes) -> _Record:
    headers = record.http_headers
    mime = record.content_type if head.type == "resource" else headers.get_header("Content-Type") if headers else None
    stamp = head.time.strftime("%Y%m%d%H%M%S")
    about = {
        "url": head.url,
        "mime": "warc/revisit" if head.type == "revisit" else (mime or "unk").partition(";")[0].strip().lower(),
        "status": str(head.status),
        "digest": head.payload_digest,
    }
    return _Record(body, request, about, surt_key(head.url), stamp)


class _Files:
    """The files, one open at a time; each begins with a record that says what was selected."""

    def __init__(self, out: Path, selection: Mapping[str, str], max_size: int) -> None:
        self.closed: list[Path] = []
        if out.name.endswith(".warc.gz"):
            self._folder, self._stem, self._first = out.parent, out.name.removesuffix(ENDING), out.name
            self.index = out.with_name(f"{self._stem}.cdxj")
        else:
            self._folder, self._stem, self._first = out, "bantin", f"bantin-1{ENDING}"
            self.index = out / "index.cdxj"
        self._selection = dict(selection)
        self._max = max_size
        self._file: FileIO | None = None
        self._folder.mkdir(parents=True, exist_ok=True)
        taken = [path for path in (self._folder / self._first, self.index) if path.exists()]
        if taken:
            raise WarcExportError(f"{taken[0]}: is there already; give another --out, or move it away")

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self.close()
        elif self._file is not None:
            self._file.close()  # what is not whole keeps the name that says so

    def add(self, body: bytes, request: bytes) -> tuple[str, int]:
        """Write a record; the name of its file and its offset there."""
        if self._file is not None and self._empty < self._file.tell() > self._max - len(body) - len(request):
            self.close()
        if self._file is None:
            self._begin()
        file = self._file
        assert file is not None
        offset = file.tell()
        for data in (body, request):
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
        return self._name, offset

    def close(self) -> None:
        """End the file that is open and give it its name."""
        if self._file is None:
            return
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        path = self._folder / self._name
        path.with_name(path.name + _OPEN).rename(path)
        self.closed.append(path)

    def _begin(self) -> None:
        number = len(self.closed) + 1
        self._name = self._first if number == 1 else f"{self._stem}-{number}{ENDING}"
        path = self._folder / self._name
        if path.exists():
            raise WarcExportError(f"{path}: is there already; give another --out, or move it away")
        self._file = FileIO(path.with_name(path.name + _OPEN), "w")
        buffer = BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        said = "; ".join(f"{name}: {value}" for name, value in self._selection.items()) or "everything"
        info = {"software": "bantin", "format": "WARC File Format 1.1", "description": f"selection: {said}"}
        writer.write_record(writer.create_warcinfo_record(self._name, info))
        self._file.write(buffer.getvalue())
        self._empty = self._file.tell()
