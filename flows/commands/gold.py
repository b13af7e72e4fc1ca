"""``bantin gold``: what the rules read, scored against what people labelled."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.scoring import FIELDS
from flows.commands.choices import Choice
from flows.commands.common import explained
from flows.labelled import LabelError, score_file
from flows.scores import errors, table


@click.command("gold")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--errors", "limit", type=click.IntRange(min=0), default=0, help="Print the first N errors in full.")
@click.option("--field", type=Choice(("missed", "extra", *FIELDS)), help="Only errors of this field.")
def command(files: tuple[Path, ...], limit: int, field: str | None) -> None:
    """Score the rules against labelled files (JSON lines as "bantin label" writes them, corrected by a person).

    Columns: detect, value, unit, core and links are F1; subject, scope and period are shares of the figures found.

    \b
    Example:
      bantin gold mine.jsonl --errors 20 --field unit
    """
    with explained(LabelError):
        results = [score_file(path) for path in files]
    click.echo(table(results))
    if limit or field:
        click.echo(errors(results, limit, field))
