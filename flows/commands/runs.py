"""``bantin runs``: what was run, and removing results that nobody sees."""

from __future__ import annotations

import click

from db.home import Home
from db.store import open_database
from db.store.prune import prunable, prune
from flows.commands.common import explained
from flows.lock import writing_home

_LIST = """
SELECT r.id, r.kind, r.status, r.fingerprint,
  (SELECT count(*) FROM candidates k WHERE k.run_id = r.id),
  (SELECT count(*) FROM extractions e WHERE e.run_id = r.id),
  (SELECT count(*) FROM current_runs c WHERE c.run_id = r.id),
  (SELECT max(p.time) FROM promotions p WHERE p.run_id = r.id)
FROM runs r ORDER BY r.started DESC, r.id DESC LIMIT ?"""


@click.group("runs")
def command() -> None:
    """List runs, and remove old results.

    \b
    Examples:
      bantin runs list
      bantin runs prune --keep 2
    """


@command.command("list")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="The latest so many.")
def list_runs(limit: int) -> None:
    """Print the latest runs: what they read, how much of it is current, when they were promoted.

    \b
    Example:
      bantin runs list --limit 5
    """
    with explained():
        db = open_database(Home.from_environment().database, readonly=True)
        try:
            found = db.conn.execute(_LIST, (limit,)).fetchall()
        finally:
            db.close()
    head = ["run", "kind", "status", "rules", "candidates", "results", "current", "promoted"]
    rows = [head, *([("" if cell is None else str(cell)) for cell in row] for row in found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@command.command("prune")
@click.argument("runs", nargs=-1)
@click.option("--keep", type=click.IntRange(min=0), help="Prune all re-extractions but the latest so many.")
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
def prune_runs(runs: tuple[str, ...], keep: int | None, dry_run: bool) -> None:
    """Remove the results of re-extractions that nobody sees: figures, ledgers, findings, search entries.

    What is current stays, whichever run read it, and so does the accepted result of every older version. The rows of
    the runs stay, marked "pruned".

    \b
    Examples:
      bantin runs prune --keep 1 --dry-run
      bantin runs prune 20261127T013018Z-reextract
    """
    if bool(runs) == (keep is not None):
        raise click.UsageError("give either ids of runs (bantin runs list), or --keep N for all but the latest N")
    home = Home.from_environment()
    with explained(), writing_home(home, "prune", unless=dry_run, say=lambda text: click.echo(text, err=True)):
        db = open_database(home.need_database().database)
        try:
            chosen = list(runs) if runs else prunable(db, keep or 0)
            done = prune(db, chosen, dry=dry_run)
        except KeyError as error:
            raise click.ClickException(str(error.args[0])) from None
        finally:
            db.close()
    click.echo(
        f"{'would remove' if dry_run else 'removed'} {done.results} results with {done.figures} figures and"
        f" {done.versions} versions, of {done.runs} runs"
    )
