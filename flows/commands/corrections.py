"""``bantin corrections``: what people say against figures, held against the figures of today."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from schemas.corrections import Outcome

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The corrections file (default: corrections.toml below BANTIN_HOME).",
)


@click.group("corrections")
def command() -> None:
    """Override or drop single figures, with a reason and a name; the original stays.

    BANTIN_HOME/corrections.toml holds one table a correction:

    \b
    [[correction]]
    url = "https://ngoquyen.example/tin/1.html"     # or: mention = "3f9a..." in place of url, quote, context
    quote = "300"
    context = "quận có 300 mô hình"                 # words of the text with the number in them
    expect = { value = "300", unit = "mô hình" }    # what the figure says today
    set = { value = "301" }                         # or: drop = true
    reason = "Báo cáo gốc ghi 301"
    author = "Nguyễn Văn A"
    date = 2023-10-01

    \b
    Examples:
      bantin corrections check
      bantin corrections apply
    """


@command.command("check")
@_FILE
def check(path: Path | None) -> None:
    """Hold every correction against the current figures, and write nothing.

    One line a correction to stdout: its number, state and target. Exit code 1: an expectation no longer holds, because
    the source mended itself, or the figure has changed or gone; exit code 2: the file cannot be read.

    \b
    Example:
      bantin corrections check || mail -s "corrections to look at" me
    """
    _run(path, write=False)


@command.command("apply")
@_FILE
def apply(path: Path | None) -> None:
    """Check, and bring the database in line with the file: figures_full and corrections_full show what came of it.

    The observations and series of the bulletins concerned are made anew; column correction of observations marks them.

    A correction that fails its check is kept as a row with its message and corrects nothing. Exit codes as for check.

    \b
    Example:
      bantin corrections apply
    """
    _run(path, write=True)


def _run(path: Path | None, *, write: bool) -> None:
    from db.home import Home
    from db.store import open_database
    from extractors.corrections import CorrectionError
    from flows.commands.common import explained
    from flows.corrections import apply_corrections, corrections_path, match_corrections, read_corrections

    home = Home.from_environment()
    with explained(CorrectionError):
        source = path or corrections_path(home)
        nothing = path is None and not source.exists()  # a home without the file corrects nothing
        corrections = () if nothing else read_corrections(source)
        home.need_database()
        db = open_database(home.database, readonly=not write)
        try:
            if write:
                outcomes, derived = apply_corrections(db, corrections)
            else:
                outcomes, derived = match_corrections(db, corrections), 0
        finally:
            db.close()
    if derived:
        click.echo(f"{derived} bulletins observed anew", err=True)
    _report(outcomes, source)


def _report(outcomes: Sequence[Outcome], path: Path) -> None:
    for number, outcome in enumerate(outcomes, 1):
        click.echo(f"{number} {outcome.state}: {outcome.correction.place}")
        if outcome.fails:
            click.echo(f"{path.name}: correction {number} ({outcome.correction.place}): {outcome.message}", err=True)
    failing = sum(outcome.fails for outcome in outcomes)
    click.echo(f"{len(outcomes)} corrections, {failing} to look at", err=True)
    if failing:
        sys.exit(1)
