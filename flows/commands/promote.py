"""``bantin promote``: a re-extraction becomes what people see, if its guards hold."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from db.compare.guards import Limits
from db.compare.states import RunError
from db.home import Home
from db.store import open_database
from extractors.corrections import CorrectionError
from flows.commands.common import explained
from flows.corrections import corrections_path, read_corrections
from flows.labelled import LabelError
from flows.lock import writing_home
from flows.reextract.promotion import carry_out, examine
from flows.reextract.report import guard_lines, summary_table

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

_DEFAULT = {field.name: field.default for field in fields(Limits)}
_SHARE = click.FloatRange(0, 1)


def _share(limit: str, about: str) -> Callable[[_Decorated], _Decorated]:
    """An option for a limit that is a share."""
    default = _DEFAULT[limit.replace("-", "_")]
    return click.option(f"--{limit}", type=_SHARE, default=default, show_default=True, help=about)


@click.command("promote")
@click.argument("run", required=False, metavar="RUN")
@click.option("--dry-run", is_flag=True, help="Ask the guards and say what would change; change nothing.")
@click.option("--force", metavar="REASON", help="Promote although a guard fails; the reason is kept in promotions.")
@_share("figures-down", "Share of a source's figures that may go.")
@_share("unexplained-up", "Share of all numerals that may become unexplained.")
@_share("errors", "Share of captures that may no longer be readable.")
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="Labelled files and their floors.toml; BANTIN_HOME/gold if not said.",
)
def command(
    run: str | None,
    dry_run: bool,
    force: str | None,
    figures_down: float,
    unexplained_up: float,
    errors: float,
    gold: Path | None,
) -> None:
    """Make what a re-extraction read current, in one transaction: a reader sees all of it or nothing.

    Before, every guard is asked and printed: the run is complete, figures a source did not fall, unexplained numerals
    did not rise, what could be read still can, findings that accuse did not multiply, labelled files reach their
    floors. Ids of figures that go are kept with their successors. Older results stay; bantin runs prune removes them.

    \b
    Examples:
      bantin promote 20261127T013018Z-reextract --dry-run
      bantin promote RUN --force "menu residue is no longer read as figures; checked 50 by hand"

    Exit code 1: a guard fails, nothing was changed.
    """
    if run is None:
        raise click.UsageError("which run? bantin runs list shows them")
    home = Home.from_environment()
    if force is not None and not force.strip():
        raise click.UsageError("--force wants the reason in words; it is kept beside the promotion")
    limits = Limits(figures_down=figures_down, unexplained_up=unexplained_up, errors=errors)
    with explained(RunError, LabelError, CorrectionError), ExitStack() as stack:
        stack.enter_context(writing_home(home, "promote", unless=dry_run, say=lambda text: click.echo(text, err=True)))
        home.need_database()
        if corrections_path(home).exists():
            read_corrections(corrections_path(home))  # it is applied at the end
        db = open_database(home.database)
        stack.callback(db.close)
        verdict = examine(db, run, limits, gold or home.root / "gold")
        click.echo("\n".join(guard_lines(verdict.guards)))
        click.echo(summary_table(verdict.summary))
        if not verdict.holds and force is None:
            click.echo(
                f"not promoted: see  bantin diff {run}  and, if it is right,  bantin promote {run} --force REASON",
                err=True,
            )
            sys.exit(1)
        if dry_run:
            return
        moved = carry_out(home, db, run, verdict, None if verdict.holds else force)
    click.echo(f"promoted {run}: {moved} bulletins show another result now")
