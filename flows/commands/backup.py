"""``bantin backup``: database, archive, portals' files and settings, whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from db.backup import BackupError, make_backup, read_manifest, remove_old
from db.home import Home
from flows.commands.common import explained
from flows.lock import Busy, running


@click.command("backup")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Below this folder.  [BANTIN_HOME/backups]")
@click.option("--keep", type=click.IntRange(min=1), help="Afterwards remove all but the newest so many.")
def command(folder: Path | None, keep: int | None) -> None:
    """Copy the database, the archive, the portals' files and bantin.toml; print the new folder.

    While a run is at work it waits. Segments of the archive are copied once and linked from one backup to the next, so
    a further backup costs little more than the database. On the same disk it helps against mistakes, not against a
    lost disk; --to on another disk helps against both. What bantin forget removed stays in backups made before.

    \b
    Examples:
      bantin backup
      bantin backup --to /mnt/backup/bantin --keep 14
    """
    if folder is not None and folder.is_file():
        raise click.UsageError(f"--to {folder} is a file, expected a folder; it is made where it is not there")
    home = Home.from_environment()
    with (
        explained(BackupError, Busy),
        running(home.need_database(), "backup", say=lambda text: click.echo(text, err=True)),
    ):
        where = folder or home.backups
        made = make_backup(home, where, datetime.now(UTC))
        removed = remove_old(where, keep) if keep else []
    manifest = read_manifest(made)
    size = sum(entry.bytes for entry in manifest.files)
    click.echo(made)
    click.echo(f"{len(manifest.files)} files, {size} bytes; {len(removed)} older backups removed", err=True)
