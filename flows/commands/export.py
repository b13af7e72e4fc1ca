"""``bantin export``: the database as files for other programs."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from flows.commands.choices import Choice
from flows.commands.days import DAY

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.export import Format, What

_FORMATS = ("csv", "xlsx", "parquet", "datapackage")
_WHATS = ("figures", "observations")


@click.command("export")
@click.option("--format", "format", type=Choice(_FORMATS), default="csv", show_default=True)
@click.option("--what", type=Choice(_WHATS), default="figures", show_default=True)
@click.option(
    "--since",
    type=DAY,
    help="Figures of bulletins published from this day on; observations whose period ends on it or later.",
)
@click.option("--indicator", metavar="WORDS", help="Only what this code or these words measure; accents do not matter.")
@click.option(
    "--area",
    metavar="AREA",
    help="Only this area and what lies in it: a code, or words of its name; accents do not matter.",
)
@click.option("--bom", is_flag=True, help="Begin the CSV with a byte order mark, so that Excel sees UTF-8.")
@click.option("--base-url", metavar="URL", default="", help="Where Datasette is served; permalinks begin with it.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File or folder; CSV goes to stdout without it.")
def command(
    format: str,
    what: str,
    since: datetime | None,
    indicator: str | None,
    area: str | None,
    bom: bool,
    base_url: str,
    output: Path | None,
) -> None:
    """Write current figures or observations to a file that other programs read.

    Numbers are numbers, with a column as Vietnamese write them beside; periods are SDMX; every row says how to cite it.
    A text that would begin a formula (= + - @) is made safe. A datapackage is a folder, or a file where PATH ends in
    .zip, with a description of every column in Vietnamese and English. XLSX and Parquet need, in the project's folder,
    pip install -c constraints.txt -e ".[export]".

    \b
    Examples:
      bantin export --bom -o figures.csv
      bantin export --format xlsx --since 2023-01-01 --indicator "dan van kheo" -o dan-van-kheo.xlsx
      bantin export --what observations --indicator dan_van_kheo --area "phường Lạch Sen"
      bantin export --format datapackage -o bantin-2023.zip
    """
    to_stdout = output is None or str(output) == "-"
    if bom and format != "csv":
        raise click.UsageError("--bom is for --format csv; the other formats say by themselves how they are encoded")
    if to_stdout and format != "csv":
        raise click.UsageError(f"--format {format} needs -o PATH; only CSV goes to stdout")
    from db.export import ExportError, Filter, export, hints, select, write_csv
    from flows.commands.common import explained

    wanted = Filter(since=since.date() if since else None, indicator=indicator, area=area)
    with explained(ExportError):
        db = _open()
        try:
            selection = select(db, cast("What", what), wanted, base_url=base_url)
            if to_stdout:
                count = write_csv(selection, sys.stdout.buffer, bom=bom)
            else:
                assert output is not None
                count = export(db, selection, cast("Format", format), output, bom=bom)
            advice = hints(db, wanted) if count == 0 else []
        finally:
            db.close()
    click.echo(f"{count} {what}" + ("" if to_stdout else f" in {output}"), err=True)
    for line in advice:
        click.echo(line, err=True)


def _open() -> Database:
    """The database for reading; where its views are an older version's, opening it for writing mends them first."""
    from db.ddl import views_current
    from db.home import Home
    from db.store import open_database

    path = Home.from_environment().database
    db = open_database(path, readonly=True)
    if views_current(db):
        return db
    db.close()
    return open_database(path)
