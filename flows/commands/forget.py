"""``bantin forget``: removing a bulletin for good, on a lawful request."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from flows.commands.common import Refusal, explained
from flows.show.columns import show_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.archive import Archive
    from db.home import Home
    from db.store.removals import Removal

_NAMED = "lists, feeds and sitemaps that name it"
_WIDTHS = (len(_NAMED),)


@click.command("forget")
@click.argument("what", required=False, metavar="[URL|ID]")
@click.option("--reason", metavar="TEXT", help="Why it is removed; kept and shown. Do not quote the content in it.")
@click.option("--everywhere", is_flag=True, help="The same page or text at other addresses too, now and later.")
@click.option("--lists", is_flag=True, help="Also archived lists, feeds and sitemaps that name it.")
@click.option("--dry-run", is_flag=True, help="Print what would go and what would stay; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--who", metavar="NAME", help="Who removes it (default: the login name).")
@click.option(
    "--quick", is_flag=True, help="Do not read the whole archive for records that the database does not know."
)
@click.option(
    "--vacuum/--no-vacuum",
    default=True,
    show_default=True,
    help="Write the database file anew, so that no unused part of it keeps words (needs as much free disk).",
)
@click.option("--resume", "again", is_flag=True, help="Carry through removals that were cut off; takes no URL.")
def command(
    what: str | None,
    reason: str | None,
    everywhere: bool,
    lists: bool,
    dry_run: bool,
    yes: bool,
    who: str | None,
    quick: bool,
    vacuum: bool,
    again: bool,
) -> None:
    """Remove a bulletin for good: from the archive, the tables and the search, with all that was derived from it.

    URL is its address (http or https, with www. or without); ID is the id of a bulletin, a version, a figure or a
    capture. All versions at that address go. Kept are the address, hashes of bodies and texts, ids of figures, the
    reason, and the fetch log's lines; with them it is refused when it comes again, by any way. The same page at other
    addresses stays unless --everywhere is given.

    Not touched: exported files, backups, Prefect's history, corrections.toml, and files that an import only points at
    (they are named). Archived list pages, feeds and sitemaps may show its title and lead: --lists removes those that
    name its address (a list that still shows it comes again with the next run).

    \b
    Examples:
      bantin forget https://hoabac.example/tin/1.html --reason "Yêu cầu số 12/2026" --dry-run
      bantin forget https://hoabac.example/tin/1.html --reason "Yêu cầu số 12/2026" --everywhere --yes
      bantin forget --resume

    Exit code 1: decided but not finished, as the message says; exit code 2: nothing was done.
    """
    if again == (what is not None):
        raise click.UsageError("give either URL|ID or --resume")
    if what is not None and not dry_run and not (reason or "").strip():
        raise click.UsageError('--reason TEXT is needed, for example --reason "Yêu cầu số 12/2026"')
    import sqlite3

    from db.archive import Archive
    from db.home import Home
    from db.store import open_database
    from db.store.removals import foreign_records_of
    from flows import forget
    from flows.lock import writing_home
    from flows.sought import ForgetError, addresses_of, lists_naming

    home = Home.from_environment()
    with (
        explained(ForgetError, sqlite3.OperationalError),
        writing_home(home, "forget", unless=dry_run, say=lambda text: click.echo(text, err=True)),
    ):
        home.need_database()
        db, archive = open_database(home.database), Archive(home.archive)
        try:
            if what is None:
                done = forget.resume(db, archive, vacuum=vacuum)
                if not done:
                    click.echo("no removal was cut off", err=True)
            else:
                urls = addresses_of(db, what.strip())
                _show(db, archive, urls, everywhere)
                if lists:
                    show_row((_NAMED, str(len(lists_naming(db, archive, urls)))), _WIDTHS)
                if dry_run:
                    return
                _ask(yes)
                name = who or _login()
                made = forget.forget(
                    db,
                    archive,
                    urls,
                    reason=(reason or "").strip(),
                    who=name,
                    everywhere=everywhere,
                    thorough=not quick,
                    lists=lists,
                    vacuum=vacuum,
                    progress=_progress if sys.stderr.isatty() else None,
                )
                done = [made, *forget.resume(db, archive, vacuum=vacuum)]
            foreign = [ref for one in done for ref in foreign_records_of(db, one.id)]
            _tell(home, done)
            for ref in foreign:
                path = (home.archive / ref.segment).resolve()
                where = (
                    "a file outside the archive still holds it" if path.exists() else "not there, so not overwritten"
                )
                click.echo(f"{where}: {path} at {ref.offset}", err=True)
            if foreign or any(one.state != "done" for one in done):
                sys.exit(1)
        finally:
            db.close()


def _show(db: Database, archive: Archive, urls: Sequence[str], everywhere: bool) -> None:
    """What goes and what stays, on stdout."""
    from flows.forget import preview

    found = preview(db, archive, urls, everywhere=everywhere)
    for url in found.addresses:
        show_row(("address", url), _WIDTHS)
    for url in found.others:
        show_row(("same content, goes too", url), _WIDTHS)
    for url in found.saved:
        show_row(("same content, written anew and kept", url), _WIDTHS)
    show_row(("archive records", str(found.records)), _WIDTHS)
    for table, number in sorted(found.counts.items()):
        show_row((table, str(number)), _WIDTHS)
    if not found.counts:
        click.echo("nothing of it is here; to remove it means to refuse the address when it comes", err=True)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise Refusal("who removes it? this system has no login name, so --who NAME is needed") from None


def _ask(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refusal("removing cannot be undone; type --yes to do it, or --dry-run to see what would go")
    if not click.confirm("Remove this for good?", err=True):
        raise Refusal("nothing was removed")


def _tell(home: Home, done: Sequence[Removal]) -> None:
    from flows.corrections import corrections_path

    open_ones = [one for one in done if one.state != "done"]
    for one in done:
        click.echo(f"{one.id}: {one.state}", err=True)
    if done and corrections_path(home).exists():
        click.echo(f"look into {corrections_path(home)}: entries that quote the bulletin are yours to delete", err=True)
    if open_ones:
        click.echo(
            "another program reads the database, so its log still holds old pages; stop it (bantin serve, Datasette), "
            "then type: bantin forget --resume",
            err=True,
        )


def _progress(segment: str, done: int, size: int) -> None:
    click.echo(f"\r{segment} {100 * done // max(size, 1)} %", nl=done >= size, err=True)
