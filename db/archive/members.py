"""Gzip members of a segment: where each begins and ends, also behind a damaged one."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_MAGIC = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS | 16
_STEP = 1 << 20

State = Literal["whole", "torn", "damaged"]


@dataclass(frozen=True, slots=True)
class Member:
    """``data`` is the decompressed content; empty unless ``state`` is "whole". ``reason`` says what zlib found."""

    offset: int
    length: int
    data: bytes
    state: State = "whole"
    reason: str = ""


def read_member(path: Path, offset: int, length: int | None = None) -> Member:
    """The member at ``offset``; with ``length`` no byte behind it is read."""
    with path.open("rb") as file:
        file.seek(offset)
        engine = zlib.decompressobj(_GZIP)
        pieces: list[bytes] = []
        taken = 0
        while not engine.eof:
            wanted = _STEP if length is None else min(_STEP, length - taken)
            chunk = file.read(wanted)
            if not chunk:
                return Member(offset, taken, b"", "torn", "the file ends inside the record")
            taken += len(chunk)
            try:
                pieces.append(engine.decompress(chunk))
            except zlib.error as error:
                return Member(offset, taken, b"", "damaged", str(error))
        return Member(offset, taken - len(engine.unused_data), b"".join(pieces))


def members(path: Path) -> Iterator[Member]:
    """Every member of a segment in order. Behind a damaged one reading goes on at the next that is a WARC record.

    A member that the end of the file cuts off, with nothing readable behind it, is "torn": what a crash leaves.
    """
    size = path.stat().st_size
    offset = 0
    while offset < size:
        member = read_member(path, offset)
        if member.state == "whole":
            yield member
            offset += member.length
            continue
        following = _next_record(path, offset + 1)
        if following is None:
            yield Member(offset, size - offset, b"", member.state, member.reason)
            return
        yield Member(offset, following - offset, b"", "damaged", member.reason)
        offset = following


def _next_record(path: Path, start: int) -> int | None:
    """Offset of the first whole member at or after ``start`` whose content begins a WARC record."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(_MAGIC, start)
        while at >= 0:
            if _begins_record(data, at):
                return at
            at = data.find(_MAGIC, at + 1)
    return None


def _begins_record(data: mmap.mmap, at: int) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data[at : at + 4096], 5) == b"WARC/"
    except zlib.error:
        return False
