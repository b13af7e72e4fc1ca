"""Loading what was read from documents: all rows of a document or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from db.store.connection import writing
from db.store.facts import replace_facts
from db.store.pointers import accept
from db.store.prepare import BULLETIN, EXTRACTION, FIGURE, FINDING, NUMERAL, Prepared, prepare
from db.store.rows import insert_new, insert_values, next_key
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
    url, _ = _read_by(db, run_id, capture_id)
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
    refused = []
    with writing(db):
        for prepared in batch:
            try:
                store(db, run_id, prepared, promote=promote)
            except _OF_ONE_DOCUMENT as error:
                refused.append(Refused(prepared, error))
    return refused


def store(db: Database, run_id: str, prepared: Prepared, *, promote: bool = True) -> str:
    """Write a document in a transaction, nested into a running one where there is one; returns its version's id.

    A changed text (or title, date, byline, caption) is a new version; the older one is kept. A result equal to the
    current one of the version adds nothing but the note that this capture was read. With ``promote`` the version and
    the result become current, unless a later capture of the page is current already, and the facts of the text are
    replaced (None leaves what is there); without, what people see stays.
    """
    version = prepared.bulletin_id
    with writing(db):
        url, fingerprint = _read_by(db, run_id, prepared.capture_id)
        if url != prepared.url:
            raise ValueError(
                f"the capture {prepared.capture_id} is of {url}, the document was prepared for {prepared.url}"
            )
        _version(db, run_id, prepared)
        result_run = _result(db, run_id, prepared)
        note_reading(
            db,
            run_id,
            capture_id=prepared.capture_id,
            version=version,
            result_run=result_run,
            fingerprint=fingerprint,
            fingerprints=prepared.fingerprints,
        )
        if promote:
            if prepared.facts is not None:
                replace_facts(db, run_id, version, prepared.facts)
            accept(
                db,
                run_id,
                document=prepared.document_id,
                version=version,
                result_run=result_run,
                capture_id=prepared.capture_id,
            )
    return version


def note_reading(
    db: Database,
    run_id: str,
    *,
    capture_id: str,
    version: str,
    result_run: str,
    fingerprint: str,
    fingerprints: Fingerprints | None,
) -> None:
    """Note what a capture read to; what is noted already stays.

    The key is the fingerprint of the reading's two halves, which differ from portal to portal; where they are not
    known, the run's ``fingerprint``.
    """
    reading = {
        "capture_id": capture_id,
        "fingerprint": fingerprints.whole if fingerprints else fingerprint,
        "bulletin_id": version,
        "run_id": run_id,
        "result_run": result_run,
        "page_fingerprint": fingerprints.page if fingerprints else None,
        "figure_fingerprint": fingerprints.figures if fingerprints else None,
    }
    insert_new(db, "readings", reading)


def _read_by(db: Database, run_id: str, capture_id: str) -> tuple[str, str]:
    """The capture's address and the run's fingerprint."""
    found = db.conn.execute(
        "SELECT c.url, r.fingerprint FROM captures c JOIN runs r ON r.id = ? WHERE c.id = ?", (run_id, capture_id)
    ).fetchone()
    if found is None:
        raise KeyError(f"no run {run_id} or no capture {capture_id} in the database; record both before loading")
    return found[0], found[1]


def _version(db: Database, run_id: str, prepared: Prepared) -> None:
    """Add the version's row and its entry in the search index, unless it is there."""
    if db.conn.execute("SELECT 1 FROM bulletins WHERE id = ?", (prepared.bulletin_id,)).fetchone():
        return
    if prepared.bulletin is None or prepared.bulletin_search is None:
        raise KeyError(f"no version {prepared.bulletin_id} in the database; it was prepared as one that is there")
    key = next_key(db, "bulletins", "search_key")
    insert_values(db, "bulletins", ("search_key", "run_id", *BULLETIN), [(key, run_id, *prepared.bulletin)])
    insert_values(db, "bulletins_fts", ("rowid", "title", "text", "folded"), [(key, *prepared.bulletin_search)])


def _result(db: Database, run_id: str, prepared: Prepared) -> str:
    """Add the rows of the extraction under this run; the run that already has an equal result, if one has."""
    version = prepared.bulletin_id
    equal = db.conn.execute(
        "SELECT e.run_id FROM extractions e LEFT JOIN current_runs c"
        " ON c.bulletin_id = e.bulletin_id AND c.run_id = e.run_id"
        " WHERE e.bulletin_id = ? AND e.sha256 = ? ORDER BY c.run_id IS NULL, e.run_id LIMIT 1",
        (version, prepared.extraction_sha256),
    ).fetchone()
    if equal is not None:
        return str(equal[0])
    own = (version, run_id)
    insert_values(db, "extractions", ("bulletin_id", "run_id", *EXTRACTION), [own + prepared.extraction])
    first = next_key(db, "figures")
    insert_values(
        db,
        "figures",
        ("key", "bulletin_id", "run_id", *FIGURE),
        [(first + i, *own, *row) for i, row in enumerate(prepared.figures)],
    )
    insert_values(
        db,
        "figures_fts",
        ("rowid", "subject", "sentence", "folded"),
        [(first + i, *row) for i, row in enumerate(prepared.figure_search)],
    )
    insert_values(
        db,
        "figure_links",
        ("figure_key", "kind", "target_key", "run_id"),
        [(first + i, kind, first + target, run_id) for i, kind, target in prepared.links],
    )
    insert_values(
        db,
        "numerals",
        ("figure_key", "bulletin_id", "run_id", *NUMERAL),
        [(None if i is None else first + i, *own, *row) for i, row in prepared.numerals],
    )
    key = next_key(db, "findings")
    insert_values(
        db,
        "findings",
        ("key", "bulletin_id", "run_id", *FINDING),
        [(key + i, *own, *row) for i, row in enumerate(prepared.findings)],
    )
    insert_values(
        db,
        "finding_figures",
        ("finding_key", "position", "figure_key", "run_id"),
        [(key + i, position, first + figure, run_id) for i, position, figure in prepared.members],
    )
    return run_id
