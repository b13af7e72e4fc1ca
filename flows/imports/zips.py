"""Zip files of saved pages, and WACZ files. Entries are read within limits and never unpacked under their names."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flows.imports.formats import format_of, hidden, is_wacz, is_warc_entry
from flows.imports.found import Found
from flows.imports.saved import Saved, json_lines, lines_of, read_saved
from flows.items import LARGEST_PAGE, Fault
from flows.times import ZONE
from flows.warcanswers import Left

#: limits against files that are made to fill memory or disk
MOST_ENTRIES = 1_000_000
LARGEST_TOTAL, RATIO = 2 << 30, 200

_STEP = 1 << 20
_ENCRYPTED = 0x1
_LOCAL = ZoneInfo(ZONE)


class _TooMuch(Exception):
    """More came out than any honest file of that size holds."""


def read_zip(path: Path, called: str, read_warc: Callable[[Path, str], Iterator[Found]]) -> Iterator[Found]:
    """Everything in a zip file in order; what is damaged, encrypted or too large is a fault and the rest goes on."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ENTRIES:
                yield Found(Fault(f"{called}: {len(entries)} entries, at most {MOST_ENTRIES} are read"))
                return
            only_warcs = is_wacz(entry.filename for entry in entries)
            reader = _Reader(archive, path, called, read_warc)
            for entry in entries:
                if hidden(entry.filename) or (only_warcs and not is_warc_entry(entry.filename)):
                    continue
                yield from reader.entry(entry)
                yield Found(None, entry.compress_size)
    except _TooMuch as error:
        yield Found(Fault(f"{called}: {error}; what stands behind is not read"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Found(Fault(f"{called}: a damaged zip file, {error}"))


class _Reader:
    def __init__(
        self,
        archive: zipfile.ZipFile,
        path: Path,
        called: str,
        read_warc: Callable[[Path, str], Iterator[Found]],
    ) -> None:
        self._archive = archive
        self._address = path.as_uri()
        self._called = called
        self._read_warc = read_warc
        self._left = max(LARGEST_TOTAL, RATIO * path.stat().st_size)

    def entry(self, entry: zipfile.ZipInfo) -> Iterator[Found]:
        place = f"{self._called}!{entry.filename}"
        if entry.flag_bits & _ENCRYPTED:
            yield Found(Fault(f"{place}: encrypted; unpack it with its password first"))
            return
        try:
            with self._archive.open(entry) as file:
                head = file.read(4096)
                kind = format_of(entry.filename, head)
                if kind == "warc":
                    yield from self._warc(head, file, place)
                elif kind in ("zip", "wacz", "unknown"):
                    yield Found(Left("not_a_page"))
                else:
                    address = f"{self._address}#{quote(entry.filename, safe='/')}"
                    saved = Saved(place, address, entry_time(entry))
                    if kind == "jsonl":
                        with self._archive.open(entry) as again:
                            yield from json_lines(self._lines(again), saved)
                    else:
                        yield from read_saved(self._read(head, file), kind, saved)
        except _TooMuch:
            raise
        except Exception as error:  # zipfile and its decompressors raise many kinds
            yield Found(Fault(f"{place}: damaged entry, {type(error).__name__}: {error}"))

    def _read(self, head: bytes, file: IO[bytes]) -> bytes:
        body = head + file.read(max(0, min(LARGEST_PAGE, self._left) + 1 - len(head)))
        self._took(len(body))
        return body

    def _lines(self, file: IO[bytes]) -> Iterator[bytes]:
        for line in lines_of(file):
            self._took(len(line))
            yield line

    def _warc(self, head: bytes, file: IO[bytes], place: str) -> Iterator[Found]:
        with tempfile.NamedTemporaryFile(prefix="bantin-", suffix=".warc") as unpacked:
            damage = ""
            piece = head
            while piece:
                self._took(len(piece))
                unpacked.write(piece)
                try:
                    piece = file.read(_STEP)
                except Exception as error:  # what was unpacked before may still be whole
                    damage = f"{type(error).__name__}: {error}"
                    break
            unpacked.flush()
            for found in self._read_warc(Path(unpacked.name), place):
                yield Found(found.what)
            if damage:
                yield Found(Fault(f"{place}: damaged entry, {damage}"))

    def _took(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise _TooMuch("unpacks to far more than files of its size do")


def entry_time(entry: zipfile.ZipInfo) -> datetime:
    """When an entry was last changed: to the second in UTC where the packer noted that, else by its wall clock."""
    noted = _extended_time(entry.extra)
    if noted is not None:
        return noted
    try:
        return datetime(*entry.date_time, tzinfo=_LOCAL).astimezone(UTC)
    except ValueError:  # a packer without a clock writes zeros
        return datetime(1980, 1, 1, tzinfo=UTC)


def _extended_time(extra: bytes) -> datetime | None:
    """The modification time of the extended timestamp field (0x5455)."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == 0x5455 and len(field) >= 5 and field[0] & 1:
            return datetime.fromtimestamp(struct.unpack_from("<i", field, 1)[0], UTC)
        at += 4 + size
    return None
