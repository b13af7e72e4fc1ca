"""``bantin doctor``: is everything in place for a night that nobody watches?"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from db.home import Home, HomeError
from flows import health
from flows.health import Check
from flows.show.columns import show_row

#: of "wrong", and of the longest name of a package
_WIDTHS = (5, 18)


@click.command("doctor")
@click.option("--offline", is_flag=True, help="Do not ask the portals.")
def command(offline: bool) -> None:
    """Check versions, files, disk and portals; say what is wrong and what to type.

    One line a check to stdout, "ok" or "wrong" first. Exit code 1 when something is wrong.

    \b
    Examples:
      bantin doctor
      bantin doctor --offline | grep ^wrong
    """
    wrong = 0
    try:
        home = Home.from_environment()
    except HomeError as error:
        show_row(("wrong", "folder", str(error)), _WIDTHS)
        sys.exit(1)
    for check in _checks(home, offline):
        show_row(("ok" if check.ok else "wrong", check.what, check.found), _WIDTHS)
        wrong += not check.ok
    if wrong:
        click.echo(f"{wrong} wrong", err=True)
        sys.exit(1)


def _checks(home: Home, offline: bool) -> Iterator[Check]:
    yield health.python()
    yield from health.packages()
    yield health.full_text_search()
    yield health.folder(home)
    yield health.disk(home)
    yield health.settings(home)
    yield from health.database(home)
    yield health.archive(home)
    yield health.prefect(home)
    yield from health.portals(home, offline)
