"""Loading what was read from documents: all rows of a document or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from db.store.batch import read_by, write_documents
from db.store.connection import writing
from db.store.prepare import Prepared, prepare
from schemas.documents import Bulletin, Extraction
from schemas.facts import Facts
from schemas.fingerprints import Fingerprints

#: what a single document can be at fault for; a full disk, a lock or a damaged file is none of them
_OF_ONE_DOCUMENT = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    LookupError,
    OverflowError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A document of a batch that could not be stored; the batch's others are."""

    prepared: Prepared
    error: Exception


def load_bulletin(
    db: Database,
    run_id: str,
    *,
    source: str,
    capture_id: str,
    bulletin: Bulletin,
    extraction: Extraction,
    facts: Facts | None = None,
    fingerprints: Fingerprints | None = None,
    promote: bool = True,
) -> str:
    """Load a document in one transaction and return the id of its version: ``prepare`` and ``store`` in one."""
    url, _ = read_by(db, run_id, capture_id)
    prepared = prepare(
        url=url,
        source=source,
        capture_id=capture_id,
        bulletin=bulletin,
        extraction=extraction,
        facts=facts,
        fingerprints=fingerprints,
    )
    return store(db, run_id, prepared, promote=promote)


def load_many(db: Database, run_id: str, batch: Iterable[Prepared], *, promote: bool = True) -> list[Refused]:
    """Store a batch in one transaction and return the documents that it refused; those leave nothing behind.

    One transaction is one wait for the disk. What is no document's fault (disk full, locked, an interrupt) is raised,
    and nothing of the batch is stored.
    """
    with writing(db):
        return _load(db, run_id, list(batch), promote)


def _load(db: Database, run_id: str, documents: list[Prepared], promote: bool) -> list[Refused]:
    """Whose fault it is shows by halves: one by one, the search index would write itself out for every document."""
    try:
        with writing(db):
            write_documents(db, run_id, documents, promote=promote)
    except _OF_ONE_DOCUMENT as error:
        if len(documents) == 1:
            return [Refused(documents[0], error)]
        middle = len(documents) // 2
        return [
            refused for part in (documents[:middle], documents[middle:]) for refused in _load(db, run_id, part, promote)
        ]
    return []


def store(db: Database, run_id: str, prepared: Prepared, *, promote: bool = True) -> str:
    """Write a document in a transaction, nested into a running one where there is one; returns its version's id.

    A changed text (or title, date, byline, caption) is a new version; the older one is kept. A result equal to the
    current one of the version adds nothing but the note that this capture was read. With ``promote`` the version and
    the result become current, unless a later capture of the page is current already, and the facts of the text are
    replaced (None leaves what is there); without, what people see stays.
    """
    with writing(db):
        write_documents(db, run_id, [prepared], promote=promote)
    return prepared.bulletin_id
