"""``bantin indicators``: the catalogue, and what the database has that is not in it."""

from __future__ import annotations

import click


@click.command("indicators")
@click.option(
    "--unmapped", is_flag=True, help="What the database has and the catalogue lacks, what most bulletins say first."
)
@click.option("--all", "everything", is_flag=True, help="Also subjects that name nothing, as a column's bare head.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many lines of --unmapped at most.",
)
def command(unmapped: bool, everything: bool, limit: int) -> None:
    """List the indicators that figures are assigned to; with --unmapped, what to add to them.

    \b
    Examples:
      bantin indicators
      bantin indicators --unmapped --limit 20

    The catalogue is schemas/data/indicators.toml; its head says what an entry holds.
    """
    from flows.show.columns import show_rows

    head, *rows = _unmapped(limit, everything) if unmapped else _catalogue()
    show_rows(rows, head)


def _catalogue() -> list[tuple[str, ...]]:
    from schemas.indicators import catalogue

    head = ("code", "name", "unit", "nature", "topic", "official code")
    return [
        head,
        *(
            (one.code, one.name, one.unit, one.nature, one.topic, one.official_code or "-")
            for one in catalogue().values()
        ),
    ]


def _unmapped(limit: int, everything: bool) -> list[tuple[str, ...]]:
    from db.home import Home
    from db.store import open_database
    from flows.commands.common import explained
    from flows.unmapped import unmapped

    with explained():
        db = open_database(Home.from_environment().database, readonly=True)
        try:
            found = list(unmapped(db))
        finally:
            db.close()
    named = [one for one in found if everything or not one.nameless]
    if len(named) < len(found):
        click.echo(f"{len(found) - len(named)} whose subject names nothing are left out (--all shows them)", err=True)
    return [
        ("bulletins", "mentions", "code", "unit", "subject", "a sentence"),
        *(
            (
                str(one.bulletins),
                str(one.mentions),
                one.code,
                one.unit or "-",
                one.subject or "-",
                " ".join((one.sentence or "-").split()),
            )
            for one in named[:limit]
        ),
    ]
