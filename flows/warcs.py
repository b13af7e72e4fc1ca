"""The pages of a WARC file as documents: every HTML response that was answered well.

In a gzipped file every record is a member of its own, so reading goes on behind a damaged one; in an uncompressed file
(or one that was zipped as a whole) it goes on at the next line that begins a record. What is damaged comes out as a
``Fault``, never as an exception.
"""

from __future__ import annotations

import mmap
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.archive.members import members
from db.archive.records import parse
from db.times import from_text
from flows.items import LARGEST_PAGE, Document, Fault, Item, Note, page_document
from flows.times import local_time

_HTML = ("text/html", "application/xhtml+xml")
_BEGINS = re.compile(rb"(?m)^WARC/[0-9.]+\r?\n")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"(?mi)^Content-Length:[ \t]*([0-9]{1,15})[ \t]*\r?$")
_NEXT = re.compile(rb"[\r\n]*")


#: what was passed over on purpose: why -> how many records
_Left = Counter[str]


def read_warc(path: Path) -> Iterator[Item]:
    """The pages of the file in order. Raises OSError where the file cannot be opened."""
    left: _Left = Counter()
    taken = 0
    for data, place, size, reason in _pieces(path):
        taken += size
        if reason:
            made: Document | Fault | None = Fault(f"{place}: damaged record, {reason}", taken)
        else:
            made = _page(data, place, taken, left)
        if made is not None:
            yield made
            taken = 0
    for why, count in left.items():
        yield Note(f"{path}: {count} {why} left out")


def _pieces(path: Path) -> Iterator[tuple[bytes, str, int, str]]:
    """Every record: its bytes, its place, what it takes in the file, and what is wrong with it ("" for a whole one)."""
    with path.open("rb") as file:
        head = file.read(2)
        if head == b"\x1f\x8b":
            for member in members(path):
                place, size = f"{path} at {member.offset}", member.length
                if member.state != "whole":
                    yield b"", place, size, member.reason
                    continue
                for start, end, reason in _records(member.data):
                    yield member.data[start:end], f"{place}+{start}" if start else place, size, reason
                    size = 0  # a file zipped as a whole has all its records in one member
        elif head:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                for start, end, reason in _records(data):
                    yield data[start:end], f"{path} at {start}", end - start, reason


def _records(data: bytes | mmap.mmap) -> Iterator[tuple[int, int, str]]:
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


def _record_end(data: bytes | mmap.mmap, at: int) -> tuple[int, str]:
    if not _BEGINS.match(data, at):
        return at, "expected a line WARC/1.0 or WARC/1.1"
    head = _HEADERS_END.search(data, at)
    length = _LENGTH.search(data, at, head.start() + 1) if head else None
    if head is None or length is None:
        return at, "its header has no end or no Content-Length"
    end = head.end() + int(length[1])
    if end > len(data):
        return at, "the file ends inside it"
    rest = data[end : end + 1]
    return end, "it is longer than its Content-Length says" if rest not in (b"", b"\r", b"\n") else ""


def _page(data: bytes, place: str, size: int, left: _Left) -> Document | Fault | None:
    """The page in one record; None where it holds none."""
    try:
        record = parse(data, check_digests=True)
        if record.rec_type == "revisit":
            left["revisit records (a page as it was before)"] += 1
        if record.rec_type != "response" or record.http_headers is None:
            return None
        content_type = record.http_headers.get_header("Content-Type")
        if content_type and content_type.partition(";")[0].strip().lower() not in _HTML:
            return None
        status = record.http_headers.get_statuscode()
        if not status.startswith("2"):
            left[f"pages answered with status {status}"] += 1
            return None
        body = record.content_stream().read(LARGEST_PAGE + 1)
        record.raw_stream.read()  # to the end, where the digest is compared
        return _document(record, body, content_type, place, size)
    except Exception as error:  # warcio raises whatever its parsing trips over
        return Fault(f"{place}: damaged record, {type(error).__name__}: {error}", size)


def _document(record: Any, body: bytes, content_type: str | None, place: str, size: int) -> Document | Fault | None:
    wrong = [problem for problem in record.digest_checker.problems if problem.startswith("block")]
    if wrong:
        return Fault(f"{place}: damaged record, {wrong[0]}", size)
    if len(body) > LARGEST_PAGE:
        return Fault(f"{place}: larger than {LARGEST_PAGE >> 20} MiB, no bulletin is", size)
    if not content_type and not body.lstrip().startswith(b"<"):
        return None
    url, date = (record.rec_headers.get_header(name) or "" for name in ("WARC-Target-URI", "WARC-Date"))
    return page_document(
        body,
        id=f"{url} {date}",
        url=url,
        size=size,
        content_type=content_type,
        captured_on=local_time(from_text(date)).date(),
    )
