"""``bantin reextract``: every archived page read again, into a candidate that nobody sees until it is promoted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from db.home import Home
from db.store import open_database
from db.store.candidates import Scope, ScopeError, count_captures
from flows.commands.common import Refusal, explained
from flows.commands.days import DAY, check_span
from flows.configured import ConfigurationError, check_configuration, once
from flows.lock import writing_home
from flows.reading.work import VersionMismatchError
from flows.sources import FILES, check_known, load_sources


@click.command("reextract")
@click.option("--source", "codes", multiple=True, metavar="CODE", help="Only this portal; may be given several times.")
@click.option("--since", type=DAY, help="Only pages captured on this day (UTC) or later.")
@click.option("--until", type=DAY, help="Only pages captured on this day (UTC) or before.")
@click.option("--where", metavar="SQL", help="Only captures for which this condition over the table captures holds.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes that read; by default, one a core.")
@click.option("--dask", metavar="ADDRESS", help="Read on the workers of this Dask scheduler (tcp://host:8786) instead.")
@click.option("--direct", is_flag=True, help="Without Prefect: starts at once, leaves no record there.")
@click.option("--dry-run", is_flag=True, help="Say how many captures that would be; write nothing.")
def command(
    codes: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    where: str | None,
    jobs: int | None,
    dask: str | None,
    direct: bool,
    dry_run: bool,
) -> None:
    """Read the archive again by today's rules. Nothing is fetched, and nothing that people see changes.

    What is read becomes a candidate run beside what is current. A page whose reading would be the same costs nothing:
    a page is parsed again only when what reads pages changed, its figures only when a rule did. A run that was stopped
    goes on where it stopped when the same command is given again.

    \b
    Examples:
      bantin reextract                                     everything
      bantin reextract --source hai-linh --since 2023-01-01
      bantin reextract --where "url LIKE '%/tin-tuc/%'"
      bantin reextract --dask tcp://10.0.0.5:8786          many machines that share BANTIN_HOME
    Then:
      bantin diff RUN           what would change
      bantin promote RUN        make it current

    The run's id goes to stdout. Exit code 1: some captures could not be read.
    """
    check_span(since, until)
    home = Home.from_environment()
    scope = Scope(tuple(sorted(codes)), since.date() if since else None, until.date() if until else None, where)
    with explained(ScopeError, VersionMismatchError, ConfigurationError):
        say = once(_say)
        check_configuration(home, say)
        _check(home, scope)
        if dry_run:
            db = open_database(home.database, readonly=True)
            try:
                click.echo(count_captures(db, scope))
            finally:
                db.close()
            return
        with writing_home(home, "reextract", say=_say):
            check_configuration(home, say)  # the wait may have been long
            _check(home, scope)
            counts = _direct(home, scope, jobs, dask) if direct else _flow(scope, jobs, dask)
    click.echo(counts["run"])
    _tell(counts)
    if counts["unreadable"]:
        sys.exit(1)


def _check(home: Home, scope: Scope) -> None:
    """What a person can mistype is said before anything starts."""
    check_known(scope.sources, [*load_sources(home.sites), FILES.code])
    home.need_database()
    open_database(home.database).close()
    db = open_database(home.database, readonly=True)
    try:
        if not count_captures(db, scope):
            raise Refusal("no archived page in that scope; bantin sources shows what there is of each portal")
    finally:
        db.close()


def _direct(home: Home, scope: Scope, jobs: int | None, dask: str | None) -> dict[str, Any]:
    from flows.progress import Progress
    from flows.reextract.session import Reextraction

    with (
        Progress() as progress,
        Reextraction(home, load_sources(home.sites), scope, progress=progress) as session,
        session.crew(jobs, dask) as ask,
    ):
        session.read(ask)
        return {"run": session.id, "resumed": session.resumed, **session.summary()}


def _flow(scope: Scope, jobs: int | None, dask: str | None) -> dict[str, Any]:
    from flows.nightly.reextract import reextract

    made: dict[str, Any] = reextract(
        sources=list(scope.sources) or None,
        since=_iso(scope.since),
        until=_iso(scope.until),
        where=scope.where,
        jobs=jobs,
        dask=dask,
    )
    return made


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _say(text: str) -> None:
    click.echo(text, err=True)


def _tell(counts: dict[str, Any]) -> None:
    from flows.reextract.session import counts_line

    click.echo(counts_line(counts) + (" (went on with a run that was there)" if counts["resumed"] else ""), err=True)
    click.echo(f"compare:  bantin diff {counts['run']}\npromote:  bantin promote {counts['run']}", err=True)
