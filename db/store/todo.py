"""What is to be read of archived pages, and what an earlier reading spares: found out before any work is sent out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from db.identity import document_id
from db.times import from_text
from schemas.captures import ArchiveRef
from schemas.fingerprints import Fingerprints


@dataclass(frozen=True, slots=True)
class Known:
    """A version that the database has: the page need not be read again."""

    version: str
    text: str
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A capture to read. Picklable: it is what worker processes are given.

    ``known`` is its version where what reads pages did not change. ``spared`` are versions of its address whose
    figures were read by the rules of today already: nothing more is to be read of one that turns out to be such.
    ``size`` is about how many bytes there are to read.
    """

    capture_id: str
    source: str
    url: str
    time: datetime
    ref: ArchiveRef
    size: int
    known: Known | None = None
    spared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A capture whose reading at these fingerprints is in the database: version, and the run with the result."""

    capture_id: str
    version: str
    result_run: str


_CAPTURE = "SELECT source, url, time, segment, offset, length, bytes FROM captures WHERE id = ?"
# The figures of a reading are stored; its facts are where it is the accepted one, or where a candidate has them.
_WITH_FACTS = """
(EXISTS (SELECT 1 FROM version_results v WHERE v.bulletin_id = g.bulletin_id AND v.run_id = g.result_run)
 OR EXISTS (SELECT 1 FROM candidates k WHERE k.run_id = g.run_id AND k.capture_id = g.capture_id))"""
_READING = f"""
SELECT g.bulletin_id, g.result_run FROM readings g
WHERE g.capture_id = ? AND g.fingerprint = ? AND {_WITH_FACTS}"""
_PAGE = """
SELECT b.id, b.text, b.title, b.published FROM readings g JOIN bulletins b ON b.id = g.bulletin_id
WHERE g.capture_id = ? AND g.page_fingerprint = ? LIMIT 1"""
_SPARED = f"""
SELECT DISTINCT b.id FROM bulletins b JOIN readings g ON g.bulletin_id = b.id
WHERE b.document_id = ? AND g.figure_fingerprint = ? AND {_WITH_FACTS} ORDER BY b.id"""
_RESULT = f"""
SELECT g.result_run FROM readings g
WHERE g.bulletin_id = ? AND g.figure_fingerprint = ? AND {_WITH_FACTS} ORDER BY g.run_id LIMIT 1"""
_FACTS = """
SELECT k.facts FROM readings g JOIN candidates k ON k.run_id = g.run_id AND k.capture_id = g.capture_id
WHERE g.bulletin_id = ? AND g.figure_fingerprint = ? ORDER BY k.facts IS NULL LIMIT 1"""


def result_at(db: Database, version: str, fingerprints: Fingerprints) -> str | None:
    """The run that has what the rules of ``fingerprints`` read of a version, None where they have not read it."""
    found = db.conn.execute(_RESULT, (version, fingerprints.figures)).fetchone()
    return str(found[0]) if found else None


def facts_at(db: Database, version: str, fingerprints: Fingerprints) -> str | None:
    """The facts of a version that a candidate read by these rules, as its row holds them; None: the stored ones."""
    found = db.conn.execute(_FACTS, (version, fingerprints.figures)).fetchone()
    return found[0] if found else None


def items(db: Database, capture_ids: Iterable[str]) -> list[Item]:
    """Captures to read from the page on, whatever was read before; one that was removed meanwhile is left out."""
    return [item for capture_id in capture_ids if (item := _item(db, capture_id)) is not None]


def look(db: Database, capture_ids: Iterable[str], of: Callable[[str], Fingerprints]) -> list[Item | Done]:
    """What is to be done with each capture, in their order; ``of`` gives the fingerprints for a source's code.

    Raises KeyError for a capture that the database does not have.
    """
    return [_look(db, capture_id, of) for capture_id in capture_ids]


def _look(db: Database, capture_id: str, of: Callable[[str], Fingerprints]) -> Item | Done:
    item = _item(db, capture_id)
    if item is None:
        raise KeyError(f"no capture {capture_id} in the database")
    fingerprints = of(item.source)
    reading = db.conn.execute(_READING, (capture_id, fingerprints.whole)).fetchone()
    if reading is not None:
        return Done(capture_id, *reading)
    page = db.conn.execute(_PAGE, (capture_id, fingerprints.page)).fetchone()
    if page is None:
        spared = db.conn.execute(_SPARED, (document_id(item.url), fingerprints.figures))
        return replace(item, spared=tuple(row[0] for row in spared))
    known = Known(*page)
    result = result_at(db, known.version, fingerprints)
    if result is not None:
        return Done(capture_id, known.version, result)
    return replace(item, known=known, size=len(known.text) * 2)


def _item(db: Database, capture_id: str) -> Item | None:
    found = db.conn.execute(_CAPTURE, (capture_id,)).fetchone()
    if found is None:
        return None
    source, url, time, *place, size = found
    return Item(capture_id, source, url, from_text(time), ArchiveRef(*place), size)
