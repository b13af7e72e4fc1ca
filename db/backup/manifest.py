"""What a backup holds, file by file with its hash. A folder without a manifest is no backup."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from db.durable import sync

NAME = "manifest.json"
_FORMAT = 1
_CHUNK = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made or used; the message says what was found and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, by its path below the backup (and below the home it came from)."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``made`` is UTC, ``migration`` the last step the database was at."""

    made: str
    migration: str
    files: tuple[Entry, ...]

    def write(self, folder: Path) -> None:
        """Write it, synced, as the last file of a backup."""
        said = {"format": _FORMAT, **asdict(self)}
        path = folder / NAME
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        sync(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError where the folder is none."""
    path = folder / NAME
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != _FORMAT:
            raise BackupError(f"{path}: format {said['format']}, expected {_FORMAT}; use a newer bantin")
        return Manifest(said["made"], said["migration"], tuple(Entry(**entry) for entry in said["files"]))
    except FileNotFoundError:
        raise BackupError(
            f"{folder}: no backup (it has no {NAME}); name a folder that bantin backup made,"
            " such as backups/20260101T190000Z"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path}: not a manifest ({error}); use another backup") from None


def verify_backup(folder: Path, manifest: Manifest) -> list[str]:
    """What is wrong with a backup's files, a sentence each; empty when all are as the manifest says."""
    return list(_wrong(folder, manifest))


def _wrong(folder: Path, manifest: Manifest) -> Iterator[str]:
    for entry in manifest.files:
        path = inside(folder, entry.path)
        try:
            size, found = path.stat().st_size, hash_file(path)
        except OSError as error:
            yield f"{entry.path}: {error.strerror}"
            continue
        if (size, found) != (entry.bytes, entry.sha256):
            yield f"{entry.path}: found {size} bytes, sha256 {found[:12]}, expected {entry.bytes}, {entry.sha256[:12]}"


def inside(folder: Path, name: str) -> Path:
    """A path of a manifest below a folder; one that leads out of it is refused."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BackupError(f"{folder / NAME}: names {name!r}, which is not below the backup; use another backup")
    return folder / path


def hash_file(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
