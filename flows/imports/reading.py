"""One file to import as what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.imports.addresses import original
from flows.imports.formats import EXPECTED, File, Format, holds_warc, looks_like
from flows.imports.found import Found, Page
from flows.imports.saved import Saved, json_lines, lines_of, read_saved
from flows.imports.zips import read_zip
from flows.items import LARGEST_PAGE, Fault
from flows.warcanswers import Answer, Left, read_piece
from flows.warcfile import EMPTY_ARCHIVE, pieces


def read_file(file: File, kind: Format, head: bytes) -> Iterator[Found]:
    """Everything in a file in order, faults among it. Raises OSError where the file cannot be read."""
    if not file.size:
        yield Found(Fault(f"{file.given}: an empty file, 0 bytes; {EXPECTED}"))
    elif kind == "warc":
        if holds_warc(file.path):
            yield from read_warc(file.path, file.given)
        else:
            yield Found(Fault(f"{file.given}: named like a WARC file and is none; {looks_like(head)}"), file.size)
    elif kind in ("zip", "wacz"):
        yield from read_zip(file.path, file.given, read_warc)
    elif kind == "unknown":
        if file.named:
            yield Found(Fault(f"{file.given}: {EXPECTED}; {looks_like(head)}"), file.size)
        else:
            yield Found(Left("not_a_page"), file.size)
    else:
        yield from _saved(file, kind)


def read_warc(path: Path, called: str) -> Iterator[Found]:
    """The answers in a WARC file; one without a record is a fault."""
    piece = None
    for piece in pieces(path, called):
        answer = read_piece(piece, LARGEST_PAGE)
        if isinstance(answer, Answer):
            capture = answer.capture
            url, time = original(capture.url)
            as_recorded = time is None
            yield Found(
                Page(
                    capture if as_recorded else replace(capture, url=url, time=time or capture.time),
                    piece.place,
                    at=piece.at if as_recorded else None,
                    digest=answer.digest,
                ),
                piece.size,
            )
        else:
            yield Found(answer, piece.size)
    if piece is None:
        yield Found(Fault(f"{called}: {EMPTY_ARCHIVE}"))


def _saved(file: File, kind: Format) -> Iterator[Found]:
    time = datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
    saved = Saved(file.given, file.path.as_uri(), time)
    with file.path.open("rb") as opened:
        if kind == "jsonl":
            yield from json_lines(lines_of(opened), saved)
        else:
            yield from (
                replace(found, size=file.size) for found in read_saved(opened.read(LARGEST_PAGE + 1), kind, saved)
            )
