"""From an archived page to the database: page, text, figures, rows. One document at a time, each its own unit."""

from __future__ import annotations

import json
from datetime import datetime

from sqlite_utils import Database

from db.archive import Archive, ArchiveError
from db.store import ArchivedCapture, load_bulletin, record_error
from extractors.facts import read_facts
from extractors.page import PageError, read_page
from extractors.pipeline import extract_text
from extractors.text.canonical import canonical
from extractors.text.document import Document
from flows.sources import reading_hash
from flows.times import local_time
from schemas.captures import Capture
from schemas.documents import Block, Bulletin
from schemas.sources import Source

#: media type of an archived line of the extraction contract's input: {"id", "text", "title"?, "published"?}
DOCUMENT = "application/vnd.bantin.document+json"


def bulletin_of(capture: Capture, source: Source | None) -> Bulletin:
    """What a reader sees of a capture. Raises PageError where its layout is not what was expected."""
    content_type = capture.header("Content-Type")
    if content_type == DOCUMENT:
        return _given(capture)
    day = local_time(capture.time).date()
    return read_page(capture.body, url=capture.url, content_type=content_type, captured_on=day, source=source)


def _given(capture: Capture) -> Bulletin:
    """A document that came as text, with nothing to cut away."""
    given = json.loads(capture.body)
    text, _ = canonical(given["text"])
    return Bulletin(
        title=given.get("title"),
        published=_local_time(given.get("published")),
        byline=None,
        category=None,
        blocks=(Block("body", text),),
        reader="text",
        url=capture.url,
    )


def _local_time(published: str | None) -> str | None:
    """A time with a zone as the clocks of the portals show it; a day stays a day.

    >>> _local_time("2023-09-16T00:12:00Z"), _local_time("2023-09-16"), _local_time("hôm qua")
    ('2023-09-16T07:12:00', '2023-09-16', None)
    """
    try:
        time = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if time.tzinfo is None:
        return published
    return local_time(time).isoformat()


def load_capture(
    db: Database, archive: Archive, run_id: str, row: ArchivedCapture, source: Source | None
) -> str | None:
    """Read one archived page into the database. None when it went well, else the reason, which is recorded too."""
    try:
        capture = archive.read(row.ref)
        bulletin = bulletin_of(capture, source)
        extraction = extract_text(bulletin.text, id=row.url, title=bulletin.title, published=bulletin.published)
        facts = read_facts(Document(bulletin.text, bulletin.title, bulletin.published))
    except PageError as error:
        place = f"segment {row.ref.segment} at {row.ref.offset}"
        return _quarantine(db, run_id, row, "page", str(error.at(place)), source)
    except (ArchiveError, OSError) as error:
        return _quarantine(db, run_id, row, "archive", str(error), None)
    except Exception as error:  # a fault of ours on one document must not cost the others
        return _quarantine(db, run_id, row, "extract", f"{type(error).__name__}: {error}", source)
    load_bulletin(
        db,
        run_id,
        source=row.source,
        capture_id=row.capture_id,
        bulletin=bulletin,
        extraction=extraction,
        facts=facts,
    )
    return None


def _quarantine(db: Database, run_id: str, row: ArchivedCapture, stage: str, reason: str, source: Source | None) -> str:
    """Record why a page could not be read, and by which description of its portal: a changed one tries again."""
    record_error(
        db,
        run_id,
        source=row.source,
        url=row.url,
        capture_id=row.capture_id,
        stage=stage,
        reason=reason,
        site=reading_hash(source) if source else None,
    )
    return reason
