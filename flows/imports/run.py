"""An import as a run: every file in turn, then its pages are read like those that the network brought."""

from __future__ import annotations

import getpass
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlite_utils import Database

from db.archive.external import link
from db.home import Home
from db.store import open_database
from db.store.imports import ImportedFile
from flows.imports.formats import File, Format, format_of, head_of
from flows.imports.found import Found, Page
from flows.imports.intake import Intake, Wanted
from flows.imports.portals import Portals
from flows.imports.reading import read_file
from flows.ingest import Run
from flows.items import Fault
from flows.progress import Progress
from flows.reading.pool import fitting
from flows.sources import FILES
from flows.warcfile import pieces
from schemas.sources import Source

Lister = Callable[[Source, Page, bool], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. ``read``: the pages are read into the database too, not only archived."""

    wanted: Wanted = field(default_factory=Wanted)
    by_reference: bool = False
    note: str | None = None
    read: bool = True


@dataclass(slots=True)
class Outcome:
    """What came of it: ``summary`` as of a run, what was left out by reason, pages of hosts that no portal has."""

    run_id: str
    summary: Mapping[str, Any]
    damaged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)


def import_files(
    home: Home, files: Sequence[File], sources: Mapping[str, Source], always: Source | None, options: Options
) -> Outcome:
    """Archive and index what the files hold, then read it. Done twice, it adds only rows of the run and its files."""
    with Progress(unit="B") as progress, Run(home, {FILES.code: FILES}, kind="import", progress=progress) as run:
        with run.database() as db:
            intake = Intake(run, db, Portals(sources, always), options.wanted)
            outcome = _through(intake, files, options, hashed=True)
        if options.read:
            with Progress() as run.progress:
                waiting = run.waiting()
                run.load(waiting, jobs=fitting(len(waiting)))
                run.observe()
    return _closed(outcome, run)


def list_files(
    home: Home,
    files: Sequence[File],
    sources: Mapping[str, Source],
    always: Source | None,
    options: Options,
    tell: Lister,
) -> Outcome:
    """Say what an import would take; nothing is written."""
    with Progress(unit="B") as progress:
        run = Run(home, {FILES.code: FILES}, kind="import", progress=progress)  # never started
        db = open_database(home.database, readonly=True) if home.database.exists() else _empty()
        try:
            intake = Intake(run, db, Portals(sources, always), options.wanted, list_only=tell)
            return _closed(_through(intake, files, options, hashed=False), run)
        finally:
            db.close()


def _empty() -> Database:
    from pathlib import Path

    return open_database(Path(":memory:"))


def _through(intake: Intake, files: Sequence[File], options: Options, *, hashed: bool) -> Outcome:
    progress = intake.run.progress
    progress.more(sum(file.size for file in files))
    outcome = Outcome(intake.run.id, {})
    rows: list[ImportedFile] = []
    for file in files:
        if intake.full:
            break
        head = b""
        try:
            head = head_of(file.path)
            sha256 = _sha256(file) if hashed else ""
            trouble = None
        except OSError as error:
            sha256, trouble = "", Fault(f"{file.given}: {error.strerror or error}")
        kind = format_of(file.path.name, head)
        row = _row(intake.run.id, file, kind, sha256, options)
        trouble = trouble or (_not_by_reference(file, kind) if options.by_reference else None)
        if hashed and options.by_reference and not trouble and kind == "warc":
            link(intake.run.archive.root, file.path, sha256, known_only=True)  # it may have been moved
        done = 0
        for found in [Found(trouble)] if trouble else _readable(read_file(file, kind, head), file):
            intake.take(found, row, file)
            progress.done(file.path.name, found.size)
            done += found.size
            if intake.full:
                break
        else:
            intake.ended(row, datetime.now(UTC))
        progress.done(file.path.name, max(0, file.size - done))
        rows.append(row)
    intake.flush()
    for row in rows:
        outcome.damaged += row.damaged
        outcome.skipped.update(row.skipped)
    outcome.strangers = intake.strangers
    return outcome


def _row(run_id: str, file: File, kind: Format, sha256: str, options: Options) -> ImportedFile:
    return ImportedFile(
        run_id=run_id,
        path=file.given,
        file=file.path.name,
        sha256=sha256,
        bytes=file.size,
        format=kind,
        mode="reference" if options.by_reference else "copy",
        time=datetime.now(UTC),
        imported_by=_user(),
        note=options.note,
    )


def _readable(found: Iterable[Found], file: File) -> Iterator[Found]:
    """What a file holds until it cannot be read on; what the consumer raises (a full disk) is not caught here."""
    try:
        yield from found
    except OSError as error:
        yield Found(Fault(f"{file.given}: {error.strerror or error}"))


def _not_by_reference(file: File, kind: Format) -> Fault | None:
    """Why a file cannot be pointed at, if it cannot."""
    if kind == "unknown" and not file.named:
        return None
    if kind != "warc":
        return Fault(
            f"{file.given}: only WARC files can be taken by reference, this is {kind}; leave --by-reference out"
        )
    try:
        first = [piece for piece in islice(pieces(file.path), 2) if not piece.reason]
    except OSError as error:
        return Fault(f"{file.given}: {error.strerror or error}")
    if any(piece.at is None for piece in first):
        return Fault(
            f"{file.given}: zipped as a whole, so single records cannot be read from it by reference;"
            " leave --by-reference out, or let a tool like warcio recompress zip it by record"
        )
    return None


def _closed(outcome: Outcome, run: Run) -> Outcome:
    outcome.summary = run.summary()
    return outcome


def _sha256(file: File) -> str:
    with file.path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in a container
        return None
