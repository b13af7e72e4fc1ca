"""``bantin health``: how the sources stand, and what is wrong."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from db.home import Home
from flows.commands.common import explained
from flows.times import local_time
from flows.watch.standing import SourceStanding, standing

_COLUMNS = ("source", "state", "visited", "latest", "days", "expected", "seen", "failed", "quarantine", "incidents")


@click.command("health")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything.")
def command(as_json: bool) -> None:
    """Print the sources with their last visit, and the incidents that are open with what to do next.

    Reads only. "expected" and "seen" are days with news that the source's habit promised since the visit before, and
    bulletins that were new. Exit code 1 when something is wrong: an open incident, a night that failed or was missed.

    \b
    Examples:
      bantin health
      bantin health --json | jq -r '.incidents[].message'
      bantin health > /dev/null || echo "look at it"
    """
    with explained():
        found = standing(Home.from_environment(), datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
    else:
        _table([list(_COLUMNS), *(_row(source) for source in found.sources)])
        for incident in found.incidents:
            click.echo()
            since = f"{local_time(incident.opened):%Y-%m-%d}"
            click.echo(f"{incident.severity}\t{incident.source}\t{incident.kind}\tsince {since}")
            click.echo(f"  {incident.message}\n  → {incident.advice}")
        for night in found.nights:
            click.echo(f"\nerror\t{night}")
    if found.wrong:
        sys.exit(1)


def _row(source: SourceStanding) -> list[str]:
    shown = (
        source.source,
        source.state,
        (source.visited or "")[:10],
        source.last_published,
        source.fresh_days,
        source.expected,
        source.seen,
        source.failed,
        source.quarantine,
        source.incidents,
    )
    return ["-" if value is None or value == "" else str(value) for value in shown]


def _table(rows: list[list[str]]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
