"""Kills of whole programs: through Prefect, the commands without a flow, and those that have processes beside them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

import flows.reading.reader
from db.home import Home
from db.store import open_database
from db.store.candidates import Scope
from flows.reading import pool
from flows.reading.pool import crew, here
from flows.reading.work import Job, work
from flows.reextract.session import Reextraction
from flows.sources import load_sources
from tests.kills import bodies
from tests.kills.conftest import Flow, child, copy, succeeded
from tests.kills.contents import Contents, contents, sound
from tests.kills.program import start
from tests.reextract.test_workers import emptied


def run(home: Home, point: str, rules: str, *words: str) -> tuple[int, str]:
    """Exit code and talk of a program; whatever it left behind (Prefect's server) is ended with it."""
    with TemporaryFile() as talk:
        program = start(home, point, rules, *words, out=talk.fileno())
        try:
            code = program.wait(timeout=240)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        talk.seek(0)
        return code, talk.read().decode()


def candidate(home: Home) -> str:
    db = open_database(home.database, readonly=True)
    try:
        return str(db.conn.execute("SELECT id FROM runs WHERE kind = 'reextract'").fetchone()[0])
    finally:
        db.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "name, rules, words",
    [
        ("ingest", "same", ["ingest", "--since", bodies.SINCE.isoformat()]),  # a Prefect flow
        ("reextract", "other", ["reextract", "--jobs", "1"]),  # a Prefect flow
        ("import", "same", ["import", "a.warc.gz"]),
        ("promote", "other", ["promote"]),
    ],
)
def test_a_program_killed_and_given_again(
    name: str,
    rules: str,
    words: list[str],
    flow: Callable[[str], Flow],
    copied: Callable[[Home], Home],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = flow(name)
    home = copied(work.start)
    monkeypatch.chdir(home.root)
    if name == "promote":
        words = [*words, candidate(home)]
    if name == "import":
        words = [words[0], str(home.root / words[1])]
    code, said = run(home, f"edge:{work.points['edge'] // 2}", rules, *words)
    assert code == -signal.SIGKILL, said
    sound(home)
    code, said = run(home, "edge:0", rules, *words)
    assert code in (0, 1) and "Traceback" not in said, said  # 1: there is a page that cannot be read
    sound(home)
    expected, found = dict(work.made), contents(home)
    for made in (expected, found):
        made["runs"] = []
    assert found == expected


@pytest.fixture
def unread(flow: Callable[[str], Flow], tmp_path: Path) -> tuple[Home, Contents]:
    """A home whose archive is to be read as if never before, and what one process makes of it."""
    home = copy(flow("reextract").start, Home(tmp_path / "home"))
    emptied(home)
    alone = copy(home, Home(tmp_path / "alone"))
    succeeded(child(lambda at: read(at, here), alone))
    return home, contents(alone)


def read(home: Home, ask: Any) -> None:
    with Reextraction(home, load_sources(home.sites), Scope()) as session:
        session.read(ask)


@pytest.mark.slow
def test_workers_end_with_the_process_that_is_killed(unread: tuple[Home, Contents]) -> None:
    home, expected = unread
    program = start(home, "edge:36", "same", "reextract", "--direct", "--jobs", "2", out=subprocess.PIPE)
    try:
        said, _ = program.communicate(timeout=60)  # the pipe's end comes when nobody holds it any more: no worker
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL, said.decode()
    assert open_candidates(home) > 0  # workers had begun
    sound(home)
    code, told = run(home, "edge:0", "same", "reextract", "--direct", "--jobs", "2")
    assert code in (0, 1), told
    assert contents(home) == expected


def open_candidates(home: Home) -> int:
    db = open_database(home.database, readonly=True)
    try:
        return int(db.conn.execute("SELECT count(*) FROM candidates").fetchone()[0])
    finally:
        db.close()


def dies_once(job: Job) -> Any:
    """Stands for a process that the system ends (memory): the first that reads."""
    with contextlib.suppress(FileExistsError):
        (Path(job.archive).parent / "died").touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job)


def test_a_worker_that_is_killed_costs_nothing(unread: tuple[Home, Contents], monkeypatch: pytest.MonkeyPatch) -> None:
    home, expected = unread
    monkeypatch.setattr(flows.reading.reader, "JOB_ITEMS", 4)
    monkeypatch.setattr(flows.reading.reader, "WRITTEN", 4)
    monkeypatch.setattr(pool, "work", dies_once)
    with crew(2) as ask:
        read(home, ask)
    assert (home.root / "died").exists()
    assert contents(home) == expected
