"""``bantin archive``: looking after the raw pages."""

from __future__ import annotations

import sys

import click

from db.archive import Archive
from db.home import Home
from db.store import indexed_refs, open_database
from flows.commands.common import Refusal, explained


@click.group("archive")
def command() -> None:
    """Look after the raw pages: WARC files, one a run, below BANTIN_HOME/archive.

    \b
    Example:
      bantin archive verify
    """


@command.command("verify")
def verify() -> None:
    """Re-read every record, its digest, and what the database says is there.

    Of WARC files that were imported by reference only the records are read that the database points at. Prints one line
    a problem and the totals to stdout. A record that a crash cut off at the end of a file is a warning;
    exit code 1 means that something is damaged or missing; exit code 2, that there is no archive.

    \b
    Example:
      bantin archive verify && rsync -a var/archive backup:
    """
    home = Home.from_environment()
    with explained():
        archive, expected = Archive(home.archive), []
        if home.database.exists():
            db = open_database(home.database, readonly=True)
            expected = list(indexed_refs(db))
            db.close()
        if not expected and not archive.segments():
            raise Refusal(f"{home.archive}: nothing is archived there; bantin ingest begins it (BANTIN_HOME)")
        report = archive.verify(_progress if sys.stderr.isatty() else None, expected=expected)
    for problem in report.problems:
        click.echo(str(problem))
    click.echo(
        f"{report.segments} segments, {report.records} records, {report.bodies} bodies, "
        f"{report.removed} removed, {report.bytes} bytes: "
        f"{'whole' if report.ok else 'damaged'}"
    )
    if not report.ok:
        sys.exit(1)


def _progress(segment: str, done: int, size: int) -> None:
    click.echo(f"\r{segment} {100 * done // max(size, 1)} %", nl=done >= size, err=True)
