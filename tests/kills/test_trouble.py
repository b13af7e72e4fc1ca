"""A full disk and a held database: one clear line, exit code 2, nothing lost; with room, the same command goes on."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.home import Home
from flows.trouble import advice
from tests.kills import bodies
from tests.kills.conftest import Flow, child, copy
from tests.kills.contents import contents, seen, sound
from tests.kills.forked import Ended
from tests.kills.test_processes import candidate, run

CORRECTION = """[[correction]]
url = "{url}"
quote = "{quote}"
context = "{quote}"
expect = {{ value = "{value}" }}
drop = true
reason = "thử"
author = "A"
date = 2024-01-01
"""


def words_of(name: str, home: Home) -> list[str]:
    """What a person types for a flow."""
    return {
        "ingest": lambda: ["ingest", "--direct", "--since", bodies.SINCE.isoformat()],
        "import": lambda: ["import", str(home.root / "a.warc.gz")],
        "reextract": lambda: ["reextract", "--direct", "--jobs", "1"],
        "promote": lambda: ["promote", candidate(home)],
        "forget": lambda: ["forget", some_figure(home)[0], "--reason", "thử", "--who", "A", "--yes"],
        "corrections": lambda: ["corrections", "apply"],
        "prune": lambda: ["runs", "prune", "--keep", "0"],
    }[name]()


def some_figure(home: Home) -> tuple[str, ...]:
    """Address of its bulletin, quote, value."""
    rows = sqlite3.connect(home.database)
    with contextlib.closing(rows):
        sql = "SELECT b.url, f.quote, f.value_text FROM figures f JOIN bulletins b ON b.id = f.bulletin_id"
        return tuple(rows.execute(sql).fetchone())


def bantin(home: Home, *words: str, prepare: Callable[[], object] = lambda: None) -> Ended:
    """The command line in a child, after ``prepare``; by other rules where those are what is read by."""

    def body(at: Home) -> None:
        from flows.cli import main

        os.environ["BANTIN_HOME"] = str(at.root)
        if words[0] in ("reextract", "promote"):
            bodies.other_rules()
        prepare()
        sys.argv = ["bantin", *words]
        main()

    return child(body, home)


def refused(ended: Ended, says: str) -> None:
    """One line of complaint, and the exit code of a command that did not do its work."""
    assert ended.code == 2, ended.said
    complaints = [line for line in ended.said.splitlines() if says in line]
    assert len(complaints) == 1, ended.said
    assert "the same command again" in complaints[0]
    assert "Traceback" not in ended.said


def start_of(name: str, flow: Callable[[str], Flow]) -> Home:
    return flow(name if name in ("ingest", "import", "reextract", "promote") else "promote").start


@pytest.fixture
def held() -> Iterator[Callable[[Home], None]]:
    """Another process that holds the database's write lock until the test ends."""
    holders: list[int] = []

    def hold(home: Home) -> None:
        read, write = os.pipe()
        holder = os.fork()
        if not holder:
            connection = sqlite3.connect(home.database)
            connection.execute("BEGIN IMMEDIATE")
            os.write(write, b"x")
            signal.pause()
        holders.append(holder)
        os.read(read, 1)
        os.close(read)
        os.close(write)

    yield hold
    for holder in holders:
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)


def impatient() -> None:
    import db.store.connection

    db.store.connection.BUSY_SECONDS = 0.05


@pytest.mark.parametrize("name", ["ingest", "import", "reextract", "promote", "forget", "corrections", "prune"])
def test_a_held_database_is_said_in_a_line(
    name: str, flow: Callable[[str], Flow], copied: Callable[[Home], Home], held: Callable[[Home], None]
) -> None:
    home = copied(start_of(name, flow))
    if name == "corrections":
        url, quote, value = some_figure(home)
        (home.root / "corrections.toml").write_text(
            CORRECTION.format(url=url, quote=quote, value=value), encoding="utf-8"
        )
    words = words_of(name, home)
    before = contents(home)
    held(home)
    refused(bantin(home, *words, prepare=impatient), "database is locked")
    assert contents(home) == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ingest", "reextract"])
def test_a_held_database_is_said_in_a_line_by_a_flow(
    name: str, flow: Callable[[str], Flow], copied: Callable[[Home], Home], held: Callable[[Home], None]
) -> None:
    home = copied(start_of(name, flow))
    held(home)
    code, said = run(home, "edge:0", "impatient", name)
    refused(Ended(code, said, Counter()), "the same command again")


def small_database(pages: int) -> Callable[[], None]:
    """A database that may have so many pages more than it has: SQLite's own word for a full disk."""

    def prepare() -> None:
        connect = sqlite3.connect

        def limited(*words: object, **options: object) -> sqlite3.Connection:
            connection = connect(*words, **options)
            with contextlib.suppress(sqlite3.DatabaseError):
                connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        sqlite3.connect = limited

    return prepare


@pytest.mark.parametrize(
    "name, room",
    [
        ("ingest", 40),
        ("import", 1),
        ("reextract", 40),
        ("promote", 2),
        *(pytest.param(name, 0, marks=pytest.mark.slow) for name in ("ingest", "import", "reextract", "promote")),
    ],
)
def test_a_database_without_room(
    name: str, room: int, flow: Callable[[str], Flow], copied: Callable[[Home], Home]
) -> None:
    work = flow(name)
    home = copied(work.start)
    connection = sqlite3.connect(home.database)
    connection.execute("VACUUM")  # what was freed earlier would be room
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    words = words_of(name, home)
    refused(bantin(home, *words, prepare=small_database(pages + room)), "database or disk is full")
    sound(home)
    if name in ("reextract", "promote"):
        assert seen(home) == work.shown[0]
    assert bantin(home, *words).code in (0, 1)
    assert contents(home) == work.made


def full_after(records: int) -> Callable[[], None]:
    """A disk that takes so many writes of the archive, and of the next one a part."""

    def prepare() -> None:
        import db.archive.store

        left = records
        torn = db.archive.store.FileIO

        class Full(torn):
            def write(self, data: object) -> int:
                nonlocal left
                left -= 1
                if left < 0:
                    if left == -1:
                        io.FileIO.write(self, memoryview(data)[:10])
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.name))
                return int(super().write(data))

        db.archive.store.FileIO = Full

    return prepare


@pytest.mark.parametrize(
    "name, records",
    [("ingest", 4), ("import", 4), *(pytest.param(name, 0, marks=pytest.mark.slow) for name in ("ingest", "import"))],
)
def test_an_archive_without_room(
    name: str, records: int, flow: Callable[[str], Flow], copied: Callable[[Home], Home]
) -> None:
    work = flow(name)
    home = copied(work.start)
    words = words_of(name, home)
    refused(bantin(home, *words, prepare=full_after(records)), "No space left")
    sound(home)
    assert bantin(home, *words).code in (0, 1)
    sound(home)
    assert contents(home) == work.made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system of a size; only root may mount one."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(size: str) -> Path:
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        try:
            done = subprocess.run(words, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("no mount here")
        if done.returncode:
            pytest.skip(f"nothing may be mounted here: {done.stderr.decode().strip()}")
        return place

    yield mount
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ingest", "import", "reextract", "promote"])
def test_a_disk_that_is_really_full(name: str, flow: Callable[[str], Flow], small_disk: Callable[[str], Path]) -> None:
    work = flow(name)
    home = copy(work.start, Home(small_disk("64m") / "home"))
    words = words_of(name, home)
    room = os.statvfs(home.root)
    filler = home.root / "filler"
    filler.write_bytes(bytes((room.f_bfree - 60) * room.f_bsize))  # some commits fit in, not all
    ended = bantin(home, *words)
    assert ended.code == 2 and "Traceback" not in ended.said, ended.said
    assert len([line for line in ended.said.splitlines() if "the same command again" in line]) == 1, ended.said
    filler.unlink()
    sound(home)
    assert bantin(home, *words).code in (0, 1)
    sound(home)
    assert contents(home) == work.made


@pytest.mark.parametrize(
    "error, says",
    [
        (sqlite3.OperationalError("database is locked"), "another program"),
        (sqlite3.OperationalError("database table is locked"), "another program"),
        (sqlite3.OperationalError("database or disk is full"), "make room"),
        (sqlite3.OperationalError("disk I/O error"), "look after it"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "rights"),
        (sqlite3.OperationalError("unable to open database file"), "rights"),
        (sqlite3.DatabaseError("database disk image is malformed"), "bantin restore"),
        (sqlite3.DatabaseError("file is not a database"), "bantin restore"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/b"), "/a/b: No space left on device: make room"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "make room"),
        (sqlite3.OperationalError("no such table: figures"), None),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), None),
        (OSError(errno.ECONNRESET, "reset"), None),
        (ValueError("locked"), None),
    ],
)
def test_what_is_said(error: Exception, says: str | None) -> None:
    said = advice(error)
    assert said is None if says is None else says in (said or "")
