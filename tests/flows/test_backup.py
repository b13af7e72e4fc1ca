"""Backups: what they hold, that a killed one is none, and the drill from a lost night back to an equal database."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.archive import Archive
from db.backup import BackupError, make_backup, read_manifest, remove_old, restore_backup, verify_backup
from db.home import Home
from db.store import indexed_refs, open_database
from flows.direct import run_directly
from flows.ingest import Run
from flows.sources import load_sources
from tests.flows.ingesting import QUICK, one, opened
from tests.flows.test_commands import run as command
from tests.flows.test_flow import environment
from tests.portal.server import SamplePortal

FIRST = datetime(2024, 7, 1, 19, 0, tzinfo=UTC)
NOON = datetime(2024, 7, 2, 5, 0, 0, 5, tzinfo=UTC)


def night(home: Home, now: datetime) -> None:
    """A whole run of one source at a time that stands still, so that two of them can be compared."""
    sources = {"lach-sen": load_sources(home.sites)["lach-sen"]}
    with Run(home, sources, kind="nightly", limits=QUICK, now=lambda: now) as run:
        run_directly(run)


KILLED = """
import os, signal, sys
from datetime import datetime
import flows.reading.keep as keeping
from db.home import Home
from tests.flows.test_backup import night
real = keeping.load_many
def load(*arguments):
    real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
keeping.load_many = load
night(Home.from_environment(), datetime.fromisoformat(sys.argv[1]))
"""


def content(home: Home) -> dict[str, Any]:
    """Every row but of runs and the fetch log. Where a record begins hangs on the random ids of the records before."""
    found = {}
    with opened(home) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name in ("runs", "fetch_log", "bulletins_fts", "figures_fts", "_sqlite_migrations", "sqlite_sequence"):
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            if name == "captures":
                columns = [column for column in columns if column not in ("offset", "length")]
            listed = ", ".join(f'"{column}"' for column in columns)
            found[name] = sorted(connection.execute(f'SELECT {listed} FROM "{name}"'), key=repr)
    return found


def test_the_drill(portal: SamplePortal, empty: Home, tmp_path: Path) -> None:
    """A night, a backup, a night that is killed, the backup restored, that night again: as if nothing had happened."""
    undisturbed = Home(tmp_path / "undisturbed")
    shutil.copytree(empty.root, undisturbed.root)
    late = [item.slug for item in portal.sites["phuong"].published[:6]]
    second = FIRST + timedelta(1)

    portal.hide(*late)
    night(empty, FIRST)
    backup = make_backup(empty, tmp_path / "backups", NOON)
    portal.hide()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, second.isoformat()],
        env=environment(empty),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert one(empty, "SELECT status FROM runs ORDER BY started DESC LIMIT 1") == "running"

    restored = Home(tmp_path / "restored")
    restore_backup(backup, restored)
    assert one(restored, "SELECT count(*) FROM runs") == 1
    night(restored, second)

    portal.hide(*late)
    night(undisturbed, FIRST)
    portal.hide()
    night(undisturbed, second)

    assert content(restored) == content(undisturbed)
    assert len(content(restored)["bulletins"]) == len(portal.sites["phuong"].published)
    db = open_database(restored.database)
    report = Archive(restored.archive).verify(expected=indexed_refs(db))
    db.close()
    assert report.ok and not report.problems


def test_a_backup_holds_what_cannot_be_made_again(filled: Home, tmp_path: Path) -> None:
    (filled.settings).write_text('[notify]\ncommand = ["true"]\n', encoding="utf-8")
    (filled.prefect / "prefect.db").write_bytes(b"x")
    made = make_backup(filled, filled.backups, NOON)
    assert made.name == "20240702T050000Z"
    names = {entry.path for entry in read_manifest(made).files}
    segments = {f"archive/{path.name}" for path in Archive(filled.archive).segments()}
    assert names == {"bantin.db", "bantin.toml", "sites/hai-linh.toml", "sites/lach-sen.toml"} | segments
    assert verify_backup(made, read_manifest(made)) == []
    again = make_backup(filled, filled.backups, NOON)
    assert again.name == "20240702T050000Z-2"
    assert {entry.path for entry in read_manifest(again).files} == names  # no backup within a backup


def test_segments_are_copied_once_and_linked_from_one_backup_to_the_next(filled: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = make_backup(filled, folder, NOON)
    (segment,) = Archive(filled.archive).segments()
    assert not (first / "archive" / segment.name).samefile(segment)
    second = make_backup(filled, folder, NOON + timedelta(1))
    assert (second / "archive" / segment.name).samefile(first / "archive" / segment.name)
    assert not (second / "sites/hai-linh.toml").samefile(first / "sites/hai-linh.toml")
    assert verify_backup(second, read_manifest(second)) == []
    remove_old(folder, 1)
    assert verify_backup(second, read_manifest(second)) == []  # a link keeps the bytes when the other name goes


def test_what_is_removed_within_a_segment_is_not_in_the_next_backup(
    portal: SamplePortal, filled: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    before = make_backup(filled, folder, NOON)
    url = portal.url(portal.sites["phuong"].published[0].slug)
    (segment,) = Archive(filled.archive).segments()
    size = segment.stat().st_size
    assert command(filled, "forget", url, "--reason", "Yêu cầu số 1", "--yes").exit_code == 0
    assert segment.stat().st_size == size
    after = make_backup(filled, folder, NOON + timedelta(1))
    assert verify_backup(before, read_manifest(before)) == []
    assert verify_backup(after, read_manifest(after)) == []
    assert (after / "archive" / segment.name).read_bytes() == segment.read_bytes()
    assert (before / "archive" / segment.name).read_bytes() != segment.read_bytes()
    restored = Home(tmp_path / "restored")
    restore_backup(after, restored)
    assert one(restored, "SELECT count(*) FROM bulletins WHERE url = ?", url) == 0


BACKUP = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import db.backup.make as make
from db.home import Home
real, calls = getattr(make, sys.argv[2]), []
def dies(*arguments):
    calls.append(1)
    if len(calls) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments)
setattr(make, sys.argv[2], dies)
make.make_backup(Home.from_environment(), Path(sys.argv[1]), datetime.now(UTC))
"""


@pytest.mark.parametrize(
    ("at", "call"), [("_copy_database", 1), ("_take", 1), ("_take", 3), ("Manifest", 1), ("sync", 4)]
)
def test_a_killed_backup_is_none(filled: Home, tmp_path: Path, at: str, call: int) -> None:
    folder = tmp_path / "backups"
    done = subprocess.run(
        [sys.executable, "-c", BACKUP, str(folder), at, str(call)],
        env=environment(filled),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    (left,) = folder.iterdir()
    assert left.name.startswith(".partial-")
    with pytest.raises(BackupError, match="no backup"):
        restore_backup(left, Home(tmp_path / "restored"))
    made = make_backup(filled, folder, NOON)
    assert list(folder.iterdir()) == [made]  # what was left is gone
    restore_backup(made, Home(tmp_path / "restored"))


def test_only_the_newest_are_kept_and_nothing_that_is_no_backup_is_removed(filled: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = [make_backup(filled, folder, NOON + timedelta(days)) for days in range(4)]
    (folder / "notes").mkdir()
    (folder / "20200101T000000Z").mkdir()  # named like one, without a manifest
    assert remove_old(folder, 2) == made[:2]
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*(path.name for path in made[2:]), "notes", "20200101T000000Z"]
    )


def damage(backup: Path, how: str) -> None:
    segment = next((backup / "archive").iterdir())
    if how == "a byte":
        held = bytearray((backup / "bantin.db").read_bytes())
        held[5000] ^= 1
        (backup / "bantin.db").write_bytes(held)
    elif how == "a missing segment":
        segment.unlink()
    elif how == "a cut segment":
        data = segment.read_bytes()
        segment.unlink()  # not through the link
        segment.write_bytes(data[:-10])
    elif how == "no manifest":
        (backup / "manifest.json").unlink()
    elif how == "half a manifest":
        (backup / "manifest.json").write_text('{"format": 1, "made"', encoding="utf-8")
    else:
        said = json.loads((backup / "manifest.json").read_text(encoding="utf-8"))
        said["files"][0]["path"] = how
        (backup / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize(
    "how",
    ["a byte", "a missing segment", "a cut segment", "no manifest", "half a manifest", "../../out", "/etc/out"],
)
def test_a_damaged_backup_is_not_restored(filled: Home, tmp_path: Path, how: str) -> None:
    backup = make_backup(filled, tmp_path / "backups", NOON)
    damage(backup, how)
    target = tmp_path / "restored"
    with pytest.raises(BackupError):
        restore_backup(backup, Home(target))
    assert not target.exists()
    assert [path.name for path in tmp_path.iterdir() if "restor" in path.name] == []


def test_nothing_is_overwritten(filled: Home, tmp_path: Path) -> None:
    backup = make_backup(filled, tmp_path / "backups", NOON)
    before = filled.database.read_bytes()
    with pytest.raises(BackupError, match="not empty, and nothing is overwritten"):
        restore_backup(backup, filled)
    assert filled.database.read_bytes() == before
    (tmp_path / "new").mkdir()
    restore_backup(backup, Home(tmp_path / "new"))  # an empty folder may stand there


def test_a_backup_of_a_newer_version_is_refused(filled: Home, tmp_path: Path) -> None:
    db = sqlite3.connect(filled.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('bantin', 'm999_x', '2024')")
    db.commit()
    db.close()
    assert command(filled, "backup", "--to", tmp_path / "backups").exit_code == 2
    assert list((tmp_path / "backups").glob("2*")) == []


def test_the_commands(filled: Home, tmp_path: Path) -> None:
    said = command(filled, "backup", "--to", tmp_path / "backups", "--keep", "1")
    assert said.exit_code == 0, said.output
    folder = said.stdout.strip()
    assert command(filled, "backup", "--to", tmp_path / "backups", "--keep", "1").exit_code == 0
    (kept,) = (tmp_path / "backups").iterdir()
    assert str(kept) != folder
    done = command(filled, "restore", kept, "--to", tmp_path / "restored")
    assert done.exit_code == 0 and done.stdout.strip() == str(tmp_path / "restored")
    refused = command(filled, "restore", kept, "--to", tmp_path / "restored")
    assert refused.exit_code == 2 and "not empty" in refused.output and "Traceback" not in refused.output
    assert command(filled, "restore", tmp_path, "--to", tmp_path / "x").exit_code == 2
    nothing = command(Home(tmp_path / "nothing"), "backup")
    assert nothing.exit_code == 2 and "bantin ingest makes one" in nothing.output
