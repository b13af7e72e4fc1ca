"""``bantin indicators``: the catalogue, and what the database has that is not in it."""

from __future__ import annotations

import click

_UNMAPPED = """
SELECT count(*), i.code, i.unit, min(f.subject), min(f.sentence)
FROM observations o JOIN indicators i ON i.code = o.indicator AND i.generated = 1
JOIN observation_mentions m ON m.observation_id = o.id
LEFT JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
GROUP BY i.code, i.unit ORDER BY count(*) DESC, i.code LIMIT :limit
"""


@click.command("indicators")
@click.option("--unmapped", is_flag=True, help="What the database has and the catalogue lacks, most frequent first.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many lines of --unmapped at most.",
)
def command(unmapped: bool, limit: int) -> None:
    """List the indicators that figures are assigned to; with --unmapped, what to add to them.

    \b
    Examples:
      bantin indicators
      bantin indicators --unmapped --limit 20

    The catalogue is schemas/data/indicators.toml; its head says what an entry holds.
    """
    from flows.show.columns import show_rows

    head, *rows = _unmapped(limit) if unmapped else _catalogue()
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


def _unmapped(limit: int) -> list[tuple[str, ...]]:
    from db.home import Home
    from db.store import open_database
    from flows.commands.common import explained

    with explained():
        db = open_database(Home.from_environment().database, readonly=True)
        try:
            rows = db.conn.execute(_UNMAPPED, {"limit": limit}).fetchall()
        finally:
            db.close()
    lines = [("mentions", "code", "unit", "subject", "a sentence")]
    return [
        *lines,
        *(
            (str(n), code, unit or "-", subject or "-", " ".join((text or "-").split()))
            for n, code, unit, subject, text in rows
        ),
    ]
