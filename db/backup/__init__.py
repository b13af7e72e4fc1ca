"""Backups of a home: database, archive, portals' files and settings in a folder that is whole or is not there."""

from db.backup.make import make_backup, remove_old
from db.backup.manifest import BackupError, Manifest, read_manifest, verify_backup
from db.backup.restore import restore_backup

__all__ = [
    "BackupError",
    "Manifest",
    "make_backup",
    "read_manifest",
    "remove_old",
    "restore_backup",
    "verify_backup",
]
