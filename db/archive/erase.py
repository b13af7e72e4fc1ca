"""Taking a record out of the archive: the one exception to files that are only appended to.

Its gzip member is overwritten where it stands by one of exactly the same length that says no more than which removal it
was, so that the offsets of all others hold. Every step may be repeated.
"""

from __future__ import annotations

import os
import uuid
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

from db.archive.records import ArchiveError
from db.times import to_text
from schemas.captures import ArchiveRef

#: what ``WARC-Type: metadata`` records of ours are told by
PROFILE = "urn:bantin:removed"
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_HEAD_COMMENT = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xff"
#: stored blocks of no content: five bytes that decompress to nothing
_EMPTY = b"\x00\x00\x00\xff\xff"
_LAST = b"\x01\x00\x00\xff\xff"


def tombstone(length: int, *, removal: str, time: datetime, place: str) -> bytes:
    """A gzip member of ``length`` bytes: a WARC metadata record that names the removal and holds nothing else.

    Raises ArchiveError where so few bytes cannot hold one; a record that named an address and a body is longer.
    """
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{removal} {place}")
    full = _record(f"<urn:uuid:{name}>", to_text(time), f"removal: {removal}\r\n".encode(), profile=True)
    bare = _record(f"<urn:uuid:{name}>", to_text(time), b"", profile=False)
    made = _padded(full, length) or _padded(bare, length)
    if made is None:
        raise ArchiveError(f"{place}: {length} bytes are too few for a record that says that one was removed")
    return made


def _record(id: str, date: str, content: bytes, *, profile: bool) -> bytes:
    fields = ["WARC/1.1", "WARC-Type: metadata", f"WARC-Record-ID: {id}", f"WARC-Date: {date}"]
    if profile:
        fields += [f"WARC-Profile: {PROFILE}", "Content-Type: application/warc-fields"]
    fields.append(f"Content-Length: {len(content)}")
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def _padded(data: bytes, length: int) -> bytes | None:
    """``data`` as a member of just that length; None where it needs more.

    Five bytes at a time go into empty stored blocks behind the data, what is left into a comment before it.
    """
    trailer = zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    begun = engine.compress(data)
    body = begun + engine.copy().flush(zlib.Z_SYNC_FLUSH)
    spare = length - len(_HEAD) - len(body) - len(_LAST) - len(trailer)
    if spare < 0:  # too tight to be padded behind
        body = begun + engine.flush(zlib.Z_FINISH)
        spare = length - len(_HEAD) - len(body) - len(trailer)
        comment = b"" if spare == 0 else b" " * (spare - 1) + b"\x00"
        return None if spare < 0 else (_HEAD_COMMENT if comment else _HEAD) + comment + body + trailer
    blocks, rest = divmod(spare, len(_EMPTY))
    comment = b"" if rest == 0 else b" " * (rest - 1) + b"\x00"
    return (_HEAD_COMMENT if comment else _HEAD) + comment + body + _EMPTY * blocks + _LAST + trailer


def is_tombstone(record: Any) -> bool:
    """Whether a record stands where another was removed."""
    get = record.rec_headers.get_header
    bare = get("WARC-Target-URI") is None and record.length == 0
    return record.rec_type == "metadata" and (get("WARC-Profile") == PROFILE or bare)


def erase(root: Path, ref: ArchiveRef, *, removal: str, time: datetime) -> None:
    """Overwrite the record at ``ref``; when this returns, it is gone from the disk. Doing it again changes nothing."""
    path = root / ref.segment
    made = tombstone(ref.length, removal=removal, time=time, place=f"segment {ref.segment} at {ref.offset}")
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise ArchiveError(f"segment {ref.segment}: expected in {root}, found no such file; put it there") from None
    if size < ref.offset + ref.length:
        raise ArchiveError(f"segment {ref.segment} at {ref.offset}: expected {ref.length} bytes, the file ends before")
    handle = os.open(path, os.O_WRONLY)
    try:
        left, at = memoryview(made), ref.offset
        while left:
            done = os.pwrite(handle, left, at)
            left, at = left[done:], at + done
        os.fsync(handle)
    finally:
        os.close(handle)
