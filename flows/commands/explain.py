"""``bantin explain``: why a figure says what it says, and where it comes from."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("figure", required=False)
@click.option("--text", metavar="SENTENCE", help="Explain every numeral of this text instead; needs no database.")
def command(figure: str | None, text: str | None) -> None:
    """Explain a figure: its sentence, the words and the rule that decided each field, its links, page and record.

    FIGURE is an id of the database (column id of figures_full) or as much of its beginning as is unique.

    \b
    Examples:
      bantin explain 3f9a01
      bantin explain --text "Thu ngân sách đạt 92,3% kế hoạch năm 2023."

    The explanation goes to stdout, in Vietnamese. Exit code 2: there is no such figure.
    """
    if (figure is None) == (text is None):
        raise click.UsageError("give either FIGURE or --text SENTENCE")
    if text is not None and not text.strip():
        raise click.UsageError("SENTENCE is empty")
    if figure is not None and " " in figure.strip():
        raise click.UsageError(f'FIGURE is an id; a sentence is explained by: bantin explain --text "{figure.strip()}"')
    lines = _of_text(text) if text is not None else _of_figure(figure or "")
    for line in lines:
        click.echo(line)


def _of_text(text: str) -> list[str]:
    from extractors.pipeline import extract_text
    from flows.show.explain import explain_text

    return list(explain_text(extract_text(text, id="-")))


def _of_figure(wanted: str) -> list[str]:
    from db.home import Home
    from db.store import open_database
    from flows.commands.common import explained
    from flows.show.explain import explain_trace
    from flows.trace import TraceError, trace

    if not wanted.strip():
        raise click.UsageError("FIGURE is an id or the beginning of one")
    with explained(TraceError):
        db = open_database(Home.from_environment().database, readonly=True)
        try:
            return list(explain_trace(trace(db, wanted)))
        finally:
            db.close()
