"""``bantin ingest``: from portals, or from saved files, into the archive and the database."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from db.home import Home
from flows.commands.common import Refusal, explained
from flows.commands.days import DAY
from flows.configured import ConfigurationError, check_configuration, once
from flows.direct import run_directly
from flows.discover import Options
from flows.dry import look
from flows.ingest import Run
from flows.localfiles import FileError, find_files, take_files
from flows.lock import Busy, running
from flows.net.errors import FetchError
from flows.net.pace import Pace
from flows.onepage import source_for
from flows.progress import Progress
from flows.report import counts_table
from flows.show.columns import show_row
from flows.sources import FILES, choose, load_sources
from flows.watch.tell import tell
from schemas.sources import Source


@click.command("ingest")
@click.argument("what", nargs=-1, metavar="[SOURCE|FOLDER|FILE]...")
@click.option("--since", type=DAY, help="Nothing published before; lists are walked that far.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new pages a source.")
@click.option("--dry-run", is_flag=True, help="Read the lists and print what would be asked for; write nothing.")
@click.option("--no-wait", is_flag=True, help="When another run is at work, end at once with exit code 2.")
@click.option(
    "--direct", is_flag=True, help="Without Prefect: starts at once, repeats nothing, leaves no record there."
)
def command(
    what: Sequence[str], since: datetime | None, limit: int | None, dry_run: bool, no_wait: bool, direct: bool
) -> None:
    """Bring what is new into the database, each page archived before it is read.

    Without arguments all portals described in BANTIN_HOME/sites are visited. A folder or file (.html, .txt, .jsonl)
    is taken in under its file:// address. What was fetched before is asked for on the condition that it changed.
    When another run is at work in BANTIN_HOME, this one says so and waits.

    \b
    Examples:
      bantin ingest                               everything new of every portal
      bantin ingest hai-linh --since 2023-06-01   one portal, back to that day
      bantin ingest --dry-run --limit 5           what would be fetched
      bantin ingest ~/saved-pages                 a folder of saved pages

    The counts by source go to stdout. Exit code 1: some pages could not be fetched or read: bantin quarantine list.
    """
    home = Home.from_environment()
    day = since.date() if since else None
    failed = False
    with explained(FileError, Busy, ConfigurationError):
        say = once(_say)
        check_configuration(home, say)
        sources = load_sources(home.sites)
        codes = [name for name in what if name in sources or not Path(name).exists()]
        for name in codes:
            _no_address(name, sources)
        paths = find_files(Path(name) for name in what if name not in codes)
        chosen = choose(sources, codes, home.sites) if codes or not what else {}
        if dry_run:
            failed = _dry(home, chosen, paths, Options(day, limit))
        else:
            wait = 0.0 if no_wait else None
            if paths:
                with running(home, "files", wait=wait, say=_say):
                    check_configuration(home, say)  # the wait may have been long
                    failed |= _files(home, paths)
            if chosen and direct:
                with running(home, "ingest", wait=wait, say=_say):
                    check_configuration(home, say)
                    chosen = choose(load_sources(home.sites), codes, home.sites)
                    failed |= _direct(home, chosen, Options(day, limit))
            elif chosen:
                with running(home, "ingest", wait=wait, say=_say):
                    check_configuration(home, say)
                    failed |= _flow(codes, day, limit)
    if failed:
        sys.exit(1)


def _no_address(name: str, sources: dict[str, Source]) -> None:
    """An address is what people give first; what to give instead depends on whose it is."""
    if "://" not in name or name in sources:
        return
    known = source_for(name, sources)
    instead = (
        f"it is one of {known.code}'s: bantin ingest {known.code}, or for this page alone: bantin try {name}"
        if known
        else f"no portal of yours has that host; bantin new-site {name} proposes one, bantin try reads the page alone"
    )
    raise Refusal(f"{name} is an address, expected a portal's code, a folder or a file; {instead}")


def _dry(home: Home, chosen: dict[str, Source], paths: Sequence[Path], options: Options) -> bool:
    failed, pace = False, Pace()
    widths = (max(map(len, [FILES.code, *chosen])), len("again"))
    for path in paths:
        show_row((FILES.code, "file", str(path)), widths)
    for source in chosen.values():
        try:
            plan = look(home, source, options, pace, lambda text: click.echo(text, err=True))
        except FetchError as error:
            click.echo(f"{source.code}: {error}", err=True)
            failed = True
            continue
        for kind, urls in (("new", plan.new), ("again", plan.again)):
            for url in urls:
                show_row((source.code, kind, url), widths)
    return failed


def _files(home: Home, paths: Sequence[Path]) -> bool:
    with Progress() as progress, Run(home, {FILES.code: FILES}, kind="files", progress=progress) as run:
        take_files(run, paths)
    return _told(run.id, run.summary())


def _direct(home: Home, chosen: dict[str, Source], options: Options) -> bool:
    with Progress() as progress, Run(home, chosen, options=options, progress=progress) as run:
        run_directly(run)
    tell(home)
    return _told(run.id, run.summary())


def _flow(codes: list[str], since: date | None, limit: int | None) -> bool:
    from flows.nightly.flow import nightly

    since_text = since.isoformat() if since else None
    summary = nightly(sources=codes, since=since_text, limit=limit, kind="ingest", held=True)
    return _told(summary["run"], summary)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _told(run_id: str, summary: dict[str, object]) -> bool:
    """Print what a run did; whether something failed."""
    click.echo(counts_table(summary))
    failed = summary["errors"]
    if failed:
        click.echo(f"run {run_id}: {failed} failed; the reasons: bantin quarantine list (table run_errors)", err=True)
    return bool(failed)
