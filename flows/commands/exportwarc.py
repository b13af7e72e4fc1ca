"""``bantin export-warc``: archived pages as WARC files of their own."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from flows.commands.days import DAY, check_span

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def size(value: str) -> int:
    """A number of bytes as people write it.

    >>> size("500M"), size("1GB"), size("7")
    (500000000, 1000000000, 7)
    """
    found = re.fullmatch(r"(\d+)\s*([kmg]?)b?", value.strip().lower())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{value!r}: expected a size like 500M or 1GB")
    return int(found[1]) * _UNITS[found[2]]


@click.command("export-warc")
@click.option("--source", "sources", multiple=True, metavar="CODE", help="Only this source; may be given again.")
@click.option("--since", type=DAY, help="Captured from this day on.")
@click.option("--until", type=DAY, help="Captured up to this day, which is included.")
@click.option("--url", "urls", multiple=True, metavar="URL[*]", help="Only this address; with * what begins so.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A folder, or a file NAME.warc.gz.")
@click.option(
    "--max-size", type=size, metavar="SIZE", default="1GB", show_default=True, help="Begin another file before this."
)
def command(
    sources: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    urls: Sequence[str],
    out: Path,
    max_size: int,
) -> None:
    """Copy archived pages into WARC/1.1 files that other replay tools read, with a CDXJ index beside them.

    Every record is a gzip member of its own, copied as it is; a page that was archived only as "same as then" is
    written in full where that other record is not among what is copied. Each file begins with a warcinfo record that
    names the selection. Days are those of the portals' clocks.

    \b
    Examples:
      bantin export-warc --out replay/
      bantin export-warc --source hai-linh --since 2023-01-01 --until 2023-12-31 --out hai-linh-2023.warc.gz
      bantin export-warc --url "https://hoabac.example/tin/*" --max-size 500M --out replay/

    The files' names go to stdout. Exit code 1: some records could not be read; exit code 2: nothing was written.
    """
    from db.archive import Archive
    from db.archive.export import WarcExportError, write_warcs
    from db.home import Home
    from db.store import open_database
    from db.store.replay import Selection, selected_records, selects
    from flows.commands.common import Refusal, explained
    from flows.sources import check_known, known_codes
    from flows.times import ZONE

    check_span(since, until)
    if out.is_file() and not out.name.endswith(".warc.gz"):
        raise click.UsageError(f"--out {out} is a file; expected a folder, or a new file whose name ends in .warc.gz")
    zone = ZoneInfo(ZONE)

    def midnight(day: datetime | None, more: int = 0) -> datetime | None:
        return (day + timedelta(days=more)).replace(tzinfo=zone).astimezone(UTC) if day else None

    selection = Selection(sources=sources, urls=urls, since=midnight(since), until=midnight(until, 1))
    said = {
        "source": ", ".join(sources),
        "since": f"{since:%Y-%m-%d}" if since else "",
        "until": f"{until:%Y-%m-%d}" if until else "",
        "url": ", ".join(urls),
    }
    home = Home.from_environment()
    with explained(WarcExportError):
        db = open_database(home.database, readonly=True)
        try:
            check_known(sources, known_codes(db, home.sites))
            if next(selected_records(db, selection), None) is None:
                raise Refusal("no archived page is selected; bantin sources lists what there is")
            made = write_warcs(
                Archive(home.archive),
                selected_records(db, selection),
                out,
                selection={name: value for name, value in said.items() if value},
                contains=lambda target: selects(db, selection, *target),
                max_size=max_size,
            )
        finally:
            db.close()
    for path in (*made.files, made.index):
        click.echo(str(path))
    for reason in made.left:
        click.echo(f"left out: {reason}", err=True)
    click.echo(f"{made.copied} records copied, {made.made_full} written in full, {len(made.left)} left out", err=True)
    if made.left:
        sys.exit(1)
