"""``bantin retention``: what the rules of a home let go."""

from __future__ import annotations

import sys

import click

from flows.commands.common import explained


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Say what would go; write nothing.")
@click.option("--vacuum", is_flag=True, help="Write the database file anew: it shrinks (needs as much free disk).")
def command(dry_run: bool, vacuum: bool) -> None:
    """Show by rule what is old, and let it go. Nothing goes that BANTIN_HOME/retention.toml does not name.

    \b
    [fetch_log]
    months = 24                 # older rows; the last of each address and capture stays
    [run_errors]
    months = 12                 # faults that an older extractor met
    [captures.list]             # also feed, sitemap, robots
    keep_last = 3               # of each address (at least 1)
    days = 30                   # and all that are younger
    [sources.hai-linh.page]
    days = 3650                 # a source's pages, with all that was read from them

    Records of captures that go are overwritten where they stand in the archive (bantin archive verify counts them);
    the segment keeps its size. Pages stay for ever unless their source has a rule. A page that goes may come again.

    \b
    Examples:
      bantin retention --dry-run
      bantin retention --vacuum

    One line a rule to stdout: rule, table, number. Exit code 1: decided but not finished (see bantin forget --resume);
    exit code 2: the file cannot be used.
    """
    import sqlite3
    from datetime import UTC, datetime

    from db.archive import Archive
    from db.home import Home
    from db.store import open_database
    from db.store.removals import unfinished
    from flows.lock import writing_home
    from flows.retention import RetentionError, apply_rules, read_rules, retention_path
    from flows.show.columns import show_rows

    home = Home.from_environment()
    with (
        explained(RetentionError, sqlite3.OperationalError),
        writing_home(home, "retention", unless=dry_run, say=lambda text: click.echo(text, err=True)),
    ):
        rules = read_rules(retention_path(home))
        home.need_database()
        db = open_database(home.database, readonly=dry_run)
        try:
            archive, now = Archive(home.archive), datetime.now(UTC)
            outcomes = apply_rules(db, archive, rules, now=now, write=not dry_run, vacuum=vacuum)
            left = unfinished(db)
        finally:
            db.close()
    if outcomes:
        rows = [(one.rule, one.table, str(one.count)) for one in outcomes]
        show_rows(rows, ("rule", "table", "rows"), head_for_programs=False)
    else:
        click.echo(f"{retention_path(home)}: no rule there, so nothing goes", err=True)
    if left and not dry_run:
        click.echo("not finished: stop what reads the database, then type: bantin forget --resume", err=True)
        sys.exit(1)
