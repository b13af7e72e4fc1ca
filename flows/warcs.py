"""The pages of a WARC file as documents: every HTML response that was answered well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from db.times import to_text
from flows.items import LARGEST_PAGE, Document, Fault, Item, Note, page_document
from flows.times import local_time
from flows.warcanswers import Answer, Left, Revisit, read_piece
from flows.warcfile import EMPTY_ARCHIVE, pieces
from schemas.captures import Capture


def read_warc(path: Path) -> Iterator[Item]:
    """The pages of the file in order, faults among them. Raises OSError where the file cannot be opened.

    A file without a record is a fault, one without a page is told.
    """
    left: Counter[str] = Counter()
    taken = records = given = 0
    for piece in pieces(path):
        taken += piece.size
        records += 1
        found = read_piece(piece, LARGEST_PAGE)
        match found:
            case Answer():
                made: Document | Fault = _document(found.capture, taken)
            case Fault():
                made = replace(found, size=taken)
            case Revisit():
                left["revisit records (a page as it was before)"] += 1
                continue
            case Left(why="status"):
                left[f"pages answered with status {found.status}"] += 1
                continue
            case _:
                continue
        yield made
        given += 1
        taken = 0
    for why, count in left.items():
        yield Note(f"{path}: {count} {why} left out")
    if not records:
        yield Fault(f"{path}: {EMPTY_ARCHIVE}")
    elif not given:
        yield Note(f"{path}: nothing to read, none of its {records} records is an HTML page that was answered well")


def _document(capture: Capture, size: int) -> Document | Fault:
    return page_document(
        capture.body,
        id=f"{capture.url} {to_text(capture.time)}",
        url=capture.url,
        size=size,
        content_type=capture.header("Content-Type"),
        captured_on=local_time(capture.time).date(),
    )
