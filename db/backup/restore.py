"""A home from a backup: verified, copied, opened and brought up to date beside its place, then put there at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from db.backup.manifest import BackupError, Manifest, hash_file, inside, read_manifest, verify_backup
from db.durable import sync
from db.home import Home
from db.store import open_database


def restore_backup(backup: Path, home: Home) -> Manifest:
    """Make ``home`` from ``backup``. It must not exist, or be empty: nothing is ever overwritten."""
    manifest = read_manifest(backup)
    if home.root.exists() and (not home.root.is_dir() or any(home.root.iterdir())):
        raise BackupError(f"{home.root}: is not empty, and nothing is overwritten; name a new folder with --to")
    wrong = verify_backup(backup, manifest)
    if wrong:
        raise BackupError(f"{backup}: damaged: " + "; ".join(wrong) + "; use another backup")
    home.root.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{home.root.name}.restoring-", dir=home.root.parent))
    try:
        for entry in manifest.files:
            target = inside(making, entry.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(inside(backup, entry.path), target)
            if hash_file(target) != entry.sha256:
                raise BackupError(f"{target}: the copy differs from {backup}; is the disk full or failing?")
            sync(target)
        made = Home(making).create()
        open_database(made.database).close()  # refuses what is newer than this program, migrates what is older
        making.chmod(0o755)
        making.rename(home.root)
        sync(home.root.parent)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return manifest
