"""What the tests of whole runs share: a portal that does not make them wait, a home, a look into the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.home import Home
from db.store import open_database
from flows.direct import run_directly
from flows.discover import Options
from flows.ingest import Run
from flows.net.session import Limits
from flows.sources import load_sources
from tests.portal.routes import TEXT, Reply
from tests.portal.server import SamplePortal

QUICK = Limits(connect=2, read=2, total=5, attempts=3, backoff=0.01, longest_wait=0.05)
#: the sample portal's own rules without their delay
ROBOTS = Reply(b"User-agent: *\nDisallow: /noi-bo/\nDisallow: /NoiBo/\n", TEXT)
#: tables that grow although nothing happened
GROWING = ("runs", "fetch_log")


def reset(portal: SamplePortal) -> None:
    """The portal as it is at first, without a crawl delay."""
    portal.state("before")
    portal.hide()
    portal.count_views(False)
    portal._failures.clear()
    portal._replies.clear()
    portal._cuts.clear()
    portal.reply("/robots.txt", ROBOTS)
    portal.requests.clear()


def ingest(home: Home, *codes: str, **options: Any) -> Run:
    """One whole run over the sources of a home, or over the named ones."""
    sources = load_sources(home.sites)
    chosen = {code: sources[code] for code in codes or sources}
    with Run(home, chosen, options=Options(**options), limits=QUICK) as run:
        run_directly(run)
    return run


@contextmanager
def opened(home: Home) -> Iterator[Any]:
    db = open_database(home.database, readonly=True)
    try:
        yield db.conn
    finally:
        db.close()


def rows(home: Home, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with opened(home) as connection:
        return list(connection.execute(sql, values))


def one(home: Home, sql: str, *values: object) -> Any:
    ((value,),) = rows(home, sql, *values)
    return value


def dump(home: Home) -> list[str]:
    """The database as SQL, without the tables that may grow."""
    with opened(home) as connection:
        skipped = tuple(f'INSERT INTO "{table}"' for table in GROWING)
        return [line for line in connection.iterdump() if not line.startswith(skipped)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
