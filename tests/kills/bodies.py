"""The four commands' bodies as they run in a child, and what must be the same in each child: clock, order, batches."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from db.home import Home
from db.store import open_database
from db.store.candidates import Scope
from tests.flows.ingesting import ingest
from tests.imports.support import Warc, address, page, sha1

SINCE = date(2023, 12, 1)
OTHER = "other rules"

_CLOCKS = ("ingest", "gather", "net.session", "reextract.session", "reextract.promotion", "imports.run")


def steady(hour: int = 2) -> None:
    """This process's clock stands still, so that ids made from times can be compared; it visits one source at a time,
    and batches are small, so that there are many of them.
    """

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime(2026, 11, 27, hour, 30, tzinfo=UTC).astimezone(tz)

    for name in _CLOCKS:
        importlib.import_module(f"flows.{name}").datetime = Still
    importlib.import_module("flows.direct").VISITS = 1
    importlib.import_module("flows.reading.reader").JOB_ITEMS = 4
    importlib.import_module("flows.reading.reader").WRITTEN = 4
    importlib.import_module("flows.imports.intake").BATCH_PAGES = 2


def other_rules() -> None:
    """This process's program has another rule: every figure's unit is read differently."""
    from dataclasses import replace

    import flows.reading.reader
    import flows.reading.work as work
    import flows.reextract.promotion
    import flows.reextract.session as session

    read, prints = work._read, work.fingerprints

    def otherwise(*words: Any) -> Any:
        extraction, facts = read(*words)
        figures = tuple(replace(figure, unit=f"{figure.unit or ''} khác".strip()) for figure in extraction.figures)
        return replace(extraction, figures=figures), facts

    work._read = otherwise
    for module in (work, session):
        module.fingerprints = lambda source: replace(prints(source), figures=OTHER)
    for module in (work, flows.reading.reader):
        module.figure_fingerprint = lambda: OTHER
    for module in (session, flows.reextract.promotion):
        module.fingerprint = lambda: OTHER


def do_ingest(home: Home) -> None:
    """Two sources of the sample portal, back to SINCE."""
    ingest(home, since=SINCE)


def do_import(home: Home) -> None:
    """The WARC file that ``write_warc`` left in the home."""
    from flows.imports.formats import find
    from flows.imports.run import Options, import_files
    from flows.sources import load_sources

    import_files(home, find([str(home.root / "a.warc.gz")]), load_sources(home.sites), None, Options())


def do_reextract(home: Home) -> None:
    """Everything archived, by other rules."""
    from flows.reading.pool import here
    from flows.reextract.session import Reextraction
    from flows.sources import load_sources

    other_rules()
    with Reextraction(home, load_sources(home.sites), Scope()) as session:
        session.read(here)


def do_promote(home: Home) -> None:
    """The only candidate of the home."""
    from db.compare.guards import Limits
    from flows.reextract.promotion import carry_out, examine

    other_rules()
    db = open_database(home.database)
    try:
        ((run,),) = db.conn.execute("SELECT id FROM runs WHERE kind = 'reextract'")
        verdict = examine(db, run, Limits(), home.root / "gold")
        assert verdict.holds, verdict.guards
        carry_out(home, db, run, verdict, None)
    finally:
        db.close()


def do_create(home: Home) -> None:
    """A new database."""
    open_database(home.database).close()


def write_warc(path: Path) -> None:
    """Eleven pages: some have the same body, one is a revisit record, one place is damaged."""
    with Warc(path) as warc:
        for number in range(10):
            warc.page(address(number), page(number % 6 + 20))
        warc.revisit(address(10), "2024-01-05T00:00:00Z", sha1(page(23)), (address(3), "2023-09-16T00:12:00Z"))
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 no record")
