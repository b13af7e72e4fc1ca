"""Gzip members of a segment: where each begins and ends, also behind a damaged one."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

_MAGIC = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS | 16
_PLAIN = b"WARC/"
#: most records are small: the first read is, those behind it grow
_FIRST_STEP = 1 << 14
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


def inflate(
    file: IO[bytes],
    write: Callable[[bytes], object],
    *,
    wanted: int | None = None,
    most: int | None = None,
    salvage: bool = False,
) -> tuple[int, State, str]:
    """Decompress the member at the file's position into ``write``, in pieces of bounded size.

    Gives how many bytes of the file it took, its state, and what is wrong. With ``wanted`` no byte behind so many is
    read; one that unpacks to more than ``most`` bytes is given up as damaged. With ``salvage`` everything is written
    that comes out before the damage.
    """
    engine = zlib.decompressobj(_GZIP)
    taken = made = 0
    step = _FIRST_STEP
    while not engine.eof:
        chunk = file.read(step if wanted is None else min(step, wanted - taken))
        if not chunk:
            return taken, "torn", "the file ends inside the record"
        taken += len(chunk)
        step = min(2 * step, _STEP)
        while True:
            before = engine.copy() if salvage else None
            try:
                piece = engine.decompress(chunk, _STEP)
            except zlib.error as error:
                if before is not None:
                    _salvage(before, chunk, write)
                return taken, "damaged", str(error)
            write(piece)
            made += len(piece)
            if most is not None and made > most:
                return taken, "damaged", f"it unpacks to more than {most >> 20} MiB"
            chunk = engine.unconsumed_tail
            if engine.eof or (not chunk and len(piece) < _STEP):
                break
    return taken - len(engine.unused_data), "whole", ""


def _salvage(engine: Any, chunk: bytes, write: Callable[[bytes], object]) -> None:
    """zlib gives nothing of a piece that has an error in it; a byte at a time it gives what is before."""
    try:
        for at in range(len(chunk)):
            write(engine.decompress(chunk[at : at + 1]))
    except zlib.error:
        return


def read_member(path: Path, offset: int, length: int | None = None) -> Member:
    """The member at ``offset``; with ``length`` no byte behind it is read.

    A record of an uncompressed file is given as if it were a member, where ``length`` says how long it is.
    """
    with path.open("rb") as file:
        file.seek(offset)
        if length is not None and file.read(len(_PLAIN)) == _PLAIN:
            data = _PLAIN + file.read(length - len(_PLAIN))
            if len(data) == length:
                return Member(offset, length, data)
            return Member(offset, len(data), b"", "torn", "the file ends inside the record")
        file.seek(offset)
        pieces: list[bytes] = []
        taken, state, reason = inflate(file, pieces.append, wanted=length)
        return Member(offset, taken, b"".join(pieces) if state == "whole" else b"", state, reason)


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
        following = next_record(path, offset + 1)
        if following is None:
            yield Member(offset, size - offset, b"", member.state, member.reason)
            return
        yield Member(offset, following - offset, b"", "damaged", member.reason)
        offset = following


def next_record(path: Path, start: int) -> int | None:
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
        return zlib.decompressobj(_GZIP).decompress(data[at : at + 4096], 5) == _PLAIN
    except zlib.error:
        return False
