"""Making a backup: under another name until it is whole, then renamed; so a killed one leaves none that looks whole.

Segments of the archive hardly ever change once their run has ended, so what the backup before has is linked to it: the
bytes are kept once for all backups. Never to the home itself: a removal writes over a record where it lies, and a
backup must stay what its manifest says. Nothing may write meanwhile: hold ``flows.lock``.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from db.backup.manifest import NAME, BackupError, Entry, Manifest, hash_file, read_manifest
from db.durable import sync
from db.home import Home
from db.migrations import migrations
from db.store import open_database
from db.times import to_text

_PARTIAL, _REMOVING = ".partial-", ".removing-"
#: what a finished backup is called; only those are counted and removed
_CALLED = re.compile(r"\d{8}T\d{6}Z(-\d+)?")


def make_backup(home: Home, folder: Path, now: datetime) -> Path:
    """Back up a home into a new folder below ``folder``, named by the time; returns it."""
    if not home.database.exists():
        raise BackupError(f"{home.database}: no database there; bantin ingest makes one (BANTIN_HOME names the folder)")
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    before = _last(folder)
    target = _free_name(folder, now)
    making = folder / f"{_PARTIAL}{target.name}"
    making.mkdir()
    migration = _copy_database(home.database, making / home.database.name)
    # the database first: what it points at is in the archive already
    known = {entry.path: entry for entry in read_manifest(before).files} if before else {}
    files = [_entry(making, making / home.database.name)]
    for path in _wanted(home, folder):
        name = path.relative_to(home.root)
        files.append(_take(path, making / name, before / name if before else None, known.get(name.as_posix()), making))
    for place in sorted({making / Path(entry.path).parent for entry in files}):
        sync(place)
    Manifest(to_text(now), migration, tuple(files)).write(making)
    sync(making)
    making.rename(target)
    sync(folder)
    return target


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups of a folder; returns those removed."""
    old = _finished(folder)[:-keep] if keep > 0 else []
    for path in old:
        going = folder / f"{_REMOVING}{path.name}"
        path.rename(going)  # a removal that is cut short leaves nothing that looks whole
        shutil.rmtree(going)
    return old


def _wanted(home: Home, folder: Path) -> list[Path]:
    """Archive, portals' files, settings and whatever a user put beside them; not what is made anew or lies in WAL."""
    database = home.database.name
    anew = {home.prefect, home.backups, home.metadata, home.run_lock}
    anew |= {home.database, *(home.root / f"{database}{end}" for end in ("-wal", "-shm", "-journal"))}
    found: list[Path] = []
    for path in sorted(home.root.iterdir()):
        if path not in anew and not path.name.startswith("."):
            found += [path] if path.is_file() else sorted(path.rglob("*"))
    away = folder.resolve()
    return [path for path in found if path.is_file() and not path.is_symlink() and away not in path.resolve().parents]


def _copy_database(source: Path, target: Path) -> str:
    """The database as it is now, in one consistent file without free pages; returns its last migration."""
    db = open_database(source)
    try:
        db.conn.execute("VACUUM INTO ?", (str(target),))
        steps = [step.name for step in migrations.applied(db)]
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{source}: cannot be copied ({error}); see: bantin doctor") from error
    finally:
        db.close()
    copy = sqlite3.connect(target)
    try:
        said = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        raise BackupError(f"{source}: its copy is not whole ({said}); see: bantin doctor")
    sync(target)
    return max(steps)


def _take(path: Path, target: Path, earlier: Path | None, known: Entry | None, root: Path) -> Entry:
    """Bring one file into the backup: linked to the backup before where it did not change since, else copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.name.endswith(".warc.gz") and earlier is not None and known is not None:
        with suppress(OSError):
            if _stamp(path) == _stamp(earlier) and _link(earlier, target):
                return Entry(known.path, known.bytes, known.sha256)
    shutil.copy2(path, target)
    sync(target)
    return _entry(root, target)


def _stamp(path: Path) -> tuple[int, int]:
    """Size and time of the last change: a copy keeps both, a removal within a segment moves the second."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _link(path: Path, target: Path) -> bool:
    try:
        os.link(path, target)
    except OSError:  # a file system without links, too many links
        return False
    return True


def _entry(root: Path, path: Path) -> Entry:
    return Entry(path.relative_to(root).as_posix(), path.stat().st_size, hash_file(path))


def _finished(folder: Path) -> list[Path]:
    """The whole backups of a folder, the oldest first."""
    return sorted(path for path in folder.iterdir() if _CALLED.fullmatch(path.name) and (path / NAME).is_file())


def _last(folder: Path) -> Path | None:
    """The newest backup with a readable manifest."""
    for path in reversed(_finished(folder)):
        try:
            read_manifest(path)
        except BackupError:
            continue
        return path
    return None


def _sweep(folder: Path) -> None:
    """Remove what backups and removals that were killed left behind."""
    for path in folder.iterdir():
        if path.name.startswith((_PARTIAL, _REMOVING)):
            shutil.rmtree(path)


def _free_name(folder: Path, now: datetime) -> Path:
    stem = to_text(now.replace(microsecond=0)).replace("-", "").replace(":", "")
    number, target = 1, folder / stem
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}"
    return target
