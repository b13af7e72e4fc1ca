"""``bantin restore``: a folder of data from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from db.backup import BackupError, restore_backup
from db.home import Home
from flows.commands.common import explained


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path))
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path), help="The new BANTIN_HOME; must not exist yet."
)
def command(backup: Path, folder: Path) -> None:
    """Make a new BANTIN_HOME from a backup; print it.

    Every file is held against the backup's manifest, the database is opened and brought up to date; only then does
    the folder appear. Nothing is overwritten: move a damaged folder away first. What was fetched since the backup is
    fetched again by the next run.

    \b
    Examples:
      bantin restore /mnt/backup/bantin/20260101T190000Z --to /srv/bantin
      BANTIN_HOME=/srv/bantin bantin archive verify
    """
    with explained(BackupError):
        home = Home(folder.expanduser().absolute())
        manifest = restore_backup(backup, home)
    click.echo(home.root)
    click.echo(f"{len(manifest.files)} files of {manifest.made}; use it: export BANTIN_HOME={home.root}", err=True)
