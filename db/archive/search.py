"""Looking through the archive for what it holds of an address, whether the database knows of it or not."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.archive import records
from db.archive.members import Member, members, read_member
from db.times import from_text
from schemas.captures import ArchiveRef


@dataclass(frozen=True, slots=True)
class Seen:
    """A record as a search of the archive meets it. ``about`` is the record that a request belongs to."""

    ref: ArchiveRef
    type: str
    id: str
    url: str
    digest: str
    time: datetime | None
    refers_to: tuple[str, datetime] | None
    about: str


def request_after(root: Path, ref: ArchiveRef) -> ArchiveRef | None:
    """The request record that belongs to the body record at ``ref``."""
    path, end = root / ref.segment, ref.offset + ref.length
    if not path.exists() or path.stat().st_size <= end:
        return None
    body, following = read_member(path, ref.offset, ref.length), read_member(path, end)
    if body.state != "whole" or following.state != "whole":
        return None
    first, second = _seen(ref.segment, body), _seen(ref.segment, following)
    belongs = first and second and second.type == "request" and second.about == first.id
    return second.ref if second and belongs else None


def seen_at(root: Path, ref: ArchiveRef) -> Seen | None:
    """The record at ``ref`` as a search meets it; None where it is not whole."""
    path = root / ref.segment
    if not path.exists():
        return None
    member = read_member(path, ref.offset, ref.length)
    return _seen(ref.segment, member) if member.state == "whole" else None


def search(segments: list[Path], progress: Callable[[str, int, int], None] | None = None) -> Iterator[Seen]:
    """Every record of an address, whole or damaged, in the order of the files; what was removed is passed over.

    Of a damaged record only what can still be read at its beginning counts; its type then is "damaged".
    """
    for path in segments:
        size = path.stat().st_size
        for member in members(path):
            found = _seen(path.name, member) if member.state == "whole" else _rest(path, member)
            if found is not None:
                yield found
            if progress is not None:
                progress(path.name, member.offset + member.length, size)


def _seen(segment: str, member: Member) -> Seen | None:
    ref = ArchiveRef(segment, member.offset, member.length)
    try:
        record = records.parse(member.data)
        get = record.rec_headers.get_header
        url, date = get("WARC-Target-URI"), get("WARC-Date")
        if not url:
            return None
        head = records.head(record)
        return Seen(
            ref=ref,
            type=record.rec_type,
            id=get("WARC-Record-ID") or "",
            url=url,
            digest=get("WARC-Payload-Digest") or "",
            time=from_text(date) if date else None,
            refers_to=head.refers_to if head else None,
            about=get("WARC-Concurrent-To") or "",
        )
    except Exception:  # warcio raises whatever its parsing trips over; verify says what it is
        return _named(ref, member.data)


def _rest(path: Path, member: Member) -> Seen | None:
    """A damaged or torn record by what its beginning still says."""
    with path.open("rb") as file:
        file.seek(member.offset)
        engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        begin = b""
        for _ in range(4096):  # byte by byte: zlib gives nothing of a piece that it stumbles in
            try:
                begin += engine.decompress(file.read(1))
            except zlib.error:
                break
    return _named(ArchiveRef(path.name, member.offset, member.length), begin)


def _named(ref: ArchiveRef, data: bytes) -> Seen | None:
    for line in data[:8192].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"warc-target-uri" and value:
            return Seen(ref, "damaged", "", value.strip().decode("utf-8", "replace"), "", None, None, "")
    return None
