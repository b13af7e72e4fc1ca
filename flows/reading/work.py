"""What a worker does: captures in, prepared rows out. No database; the archive is read, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.archive import Archive, ArchiveError
from db.identity import bulletin_id, document_id
from db.store.prepare import Prepared, prepare, prepare_result
from db.store.todo import Item
from extractors.facts import read_facts
from extractors.fingerprint import figure_fingerprint, fingerprints
from extractors.page import PageError
from extractors.pipeline import read_text
from extractors.text.document import Document
from flows.read import bulletin_of
from schemas.documents import Extraction
from schemas.facts import Facts
from schemas.sources import Source


class VersionMismatchError(Exception):
    """A worker runs other code than the process that sent it work."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch of captures and all that is needed to read them; picklable.

    ``sources`` are the portals' descriptions by code (saved files have none); ``rules`` is the figures' fingerprint of
    the sender.
    """

    archive: str
    sources: Mapping[str, Source]
    rules: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one capture: ``prepared`` rows, or the version ``same`` whose figures are known, or an ``error``.

    ``stage`` of an error is that of ``run_errors``.
    """

    capture_id: str
    prepared: Prepared | None = None
    same: str | None = None
    stage: str = ""
    error: str | None = None


def work(job: Job) -> list[Outcome]:
    """Read a batch, in its order. A capture that cannot be read is an outcome like others.

    Raises VersionMismatchError where this process has other rules than the sender.
    """
    if job.rules != figure_fingerprint():
        raise VersionMismatchError(
            f"this worker reads figures by the rules {figure_fingerprint()}, the sender by {job.rules};"
            " install the same version of bantin on every machine"
        )
    archive = _archive(job.archive)
    return [read_item(archive, item, job.sources.get(item.source)) for item in job.items]


@cache
def _archive(root: str) -> Archive:
    """One for each folder: it remembers where revisit records lead."""
    return Archive(Path(root))


def read_item(archive: Archive, item: Item, source: Source | None) -> Outcome:
    """Read one capture; never raises for what the page holds."""
    try:
        prepared = _known(item, source) if item.known else _page(archive, item, source)
    except PageError as error:
        place = f"segment {item.ref.segment} at {item.ref.offset}"
        return Outcome(item.capture_id, stage="page", error=str(error.at(place)))
    except (ArchiveError, OSError) as error:
        return Outcome(item.capture_id, stage="archive", error=str(error))
    except Exception as error:  # a fault of ours on one document must not cost the others
        return Outcome(item.capture_id, stage="extract", error=f"{type(error).__name__}: {error}")
    if isinstance(prepared, str):
        return Outcome(item.capture_id, same=prepared)
    return Outcome(item.capture_id, prepared=prepared)


def _known(item: Item, source: Source | None) -> Prepared:
    known = item.known
    assert known is not None
    extraction, facts = _read(known.text, item.url, known.title, known.published)
    return prepare_result(
        url=item.url,
        capture_id=item.capture_id,
        version=known.version,
        extraction=extraction,
        facts=facts,
        fingerprints=fingerprints(source),
    )


def _page(archive: Archive, item: Item, source: Source | None) -> Prepared | str:
    bulletin = bulletin_of(archive.read(item.ref, request=False), source)
    version = bulletin_id(document_id(item.url), bulletin)
    if version in item.spared:
        return version
    extraction, facts = _read(bulletin.text, item.url, bulletin.title, bulletin.published)
    return prepare(
        url=item.url,
        source=item.source,
        capture_id=item.capture_id,
        bulletin=bulletin,
        extraction=extraction,
        facts=facts,
        fingerprints=fingerprints(source),
    )


def _read(text: str, url: str, title: str | None, published: str | None) -> tuple[Extraction, Facts]:
    reading = read_text(text, id=url, title=title, published=published)
    if reading.document.text != text:  # facts stand in the text itself
        return reading.extraction, read_facts(Document(text, title, published))
    return reading.extraction, read_facts(reading.document, reading.times)
