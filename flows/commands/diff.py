"""``bantin diff``: what one reading says differently from another."""

from __future__ import annotations

import json

import click

from db.compare.diff import LINKS, SAID, Change, Summary, changes
from db.compare.states import CURRENT, RunError
from db.home import Home
from db.store import open_database
from flows.commands.choices import Choice
from flows.commands.common import explained
from flows.reextract.report import change_lines, summary_table
from flows.sources import check_known, known_codes


@click.command("diff")
@click.argument("old", metavar="[OLD]", required=False)
@click.argument("new", metavar="NEW", required=False)
@click.option(
    "--format",
    "shape",
    type=Choice(["text", "jsonl", "summary"]),
    default="text",
    help="Sentences and a summary (text), one JSON object a difference (jsonl), or only the totals.",
)
@click.option("--limit", type=click.IntRange(min=0), default=50, help="At most so many differences as text (0: all).")
@click.option(
    "--field",
    "fields",
    type=Choice((*SAID, *LINKS)),
    metavar="FIELD",
    multiple=True,
    help="Only figures that changed in this field, say unit.",
)
@click.option("--source", metavar="CODE", help="Only this portal.")
def command(
    old: str | None, new: str | None, shape: str, limit: int, fields: tuple[str, ...], source: str | None
) -> None:
    """Compare two runs, or a run with what is current.

    A figure that only stands at another place, or was found by another rule, is no difference. Bulletins that NEW does
    not cover are not compared. The summary goes to stdout after the differences; it always counts all of them.

    \b
    Examples:
      bantin diff 20261127T013018Z-reextract                 against what is current
      bantin diff RUN1 RUN2 --format jsonl > changes.jsonl
      bantin diff RUN --field unit --limit 0
    """
    if old is None:
        raise click.UsageError("which run? bantin runs list shows them")
    sides = (CURRENT, old) if new is None else (old, new)
    summary, shown, left = Summary(), 0, 0
    home = Home.from_environment()
    with explained(RunError):
        db = open_database(home.database, readonly=True)
        try:
            check_known([source] if source else [], known_codes(db, home.sites))
            for change in changes(db, *sides, summary):
                if not _wanted(change, fields, source) or shape == "summary":
                    continue
                if shape == "jsonl":
                    click.echo(json.dumps(change.to_json(), ensure_ascii=False))
                elif limit and shown >= limit:
                    left += 1
                else:
                    shown += 1
                    click.echo("\n".join(change_lines(change)))
        finally:
            db.close()
    if left:
        click.echo(f"... and {left} more (--limit 0 shows all, --format jsonl writes them)")
    click.echo(summary_table(summary), err=shape == "jsonl")


def _wanted(change: Change, fields: tuple[str, ...], source: str | None) -> bool:
    return (source is None or change.source == source) and (not fields or bool(set(fields) & set(change.fields)))
