"""Who reads must not show: one thread, processes and a Dask cluster write the same rows."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

import flows.reading.reader
from db.home import Home
from db.store import open_database
from db.store.candidates import Scope, unread
from db.store.prune import prune
from db.store.todo import items, look
from extractors.fingerprint import figure_fingerprint, fingerprints
from flows.reading import pool
from flows.reading.parts import read_part, write_part
from flows.reading.pool import Ask, crew
from flows.reading.work import Job, VersionMismatchError, work
from flows.reextract.session import Reextraction
from flows.sources import load_sources
from tests.flows.ingesting import dump, one, rows


def emptied(home: Home) -> None:
    """The archive's index stays, everything read from it goes: the next reading has all to do."""
    db = open_database(home.database)
    with db.conn:
        db.conn.execute("DELETE FROM current_runs")
        db.conn.execute("DELETE FROM version_results")
        for table in ("observation_mentions", "series_findings", "observations_history", "observation_documents"):
            db.conn.execute(f"DELETE FROM {table}")
        db.conn.execute("DELETE FROM readings")
    prune(db, [])
    db.close()


def read(home: Home, ask: AbstractContextManager[Ask]) -> str:
    with Reextraction(home, load_sources(home.sites), Scope()) as session, ask as asked:
        session.read(asked)
        return session.id


def said(home: Home) -> list[str]:
    """Every row, with run ids (they hold the time of day) made one."""
    return [re.sub(r"\d{8}T\d{6}Z-reextract(-\d+)?", "RUN", line) for line in dump(home) if "_fts_" not in line]


@pytest.fixture
def small_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.reading.reader, "JOB_ITEMS", 7)
    monkeypatch.setattr(flows.reading.reader, "WRITTEN", 7)


@pytest.fixture
def bare(home: Home, tmp_path: Path) -> Iterator[Any]:
    emptied(home)
    made = iter(range(10))

    def copy() -> Home:
        target = tmp_path / f"copy{next(made)}"
        shutil.copytree(home.root, target)
        return Home(target)

    yield copy


def test_processes_write_what_one_thread_writes(bare: Any, small_jobs: None) -> None:
    alone, together = bare(), bare()
    read(alone, crew(1))
    read(together, crew(2))
    assert said(together) == said(alone)
    assert one(alone, "SELECT count(*) FROM figures") > 1000


@pytest.mark.slow
def test_a_dask_cluster_writes_what_one_thread_writes(bare: Any, small_jobs: None) -> None:
    from distributed import LocalCluster

    alone, together = bare(), bare()
    read(alone, crew(1))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as cluster:
        parts = together.root / "parts" / "x"
        read(together, crew(1, cluster.scheduler_address, parts))
    assert said(together) == said(alone)
    assert not parts.exists()


def test_a_part_gives_back_what_was_written(home: Home, tmp_path: Path) -> None:
    db = open_database(home.database, readonly=True)
    ids = [row[0] for row in db.conn.execute("SELECT id FROM captures WHERE kind = 'page' ORDER BY id LIMIT 8")]
    given = items(db, ids)
    db.close()
    outcomes = work(Job(str(home.archive), load_sources(home.sites), figure_fingerprint(), tuple(given)))
    write_part(tmp_path / "a" / "1.jsonl.gz", outcomes)
    assert list(read_part(tmp_path / "a" / "1.jsonl.gz")) == outcomes
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["1.jsonl.gz"]


def test_a_worker_of_another_version_refuses(home: Home) -> None:
    with pytest.raises(VersionMismatchError, match="same version"):
        work(Job(str(home.archive), {}, "other", ()))


def test_a_stopped_run_goes_on_and_ends_like_one_that_was_not(bare: Any, small_jobs: None) -> None:
    whole, stopped = bare(), bare()
    read(whole, crew(1))
    with pytest.raises(KeyboardInterrupt), Reextraction(stopped, load_sources(stopped.sites), Scope()) as session:
        first = session.id

        def three(jobs: Any) -> Iterator[Any]:
            for number, outcomes in enumerate(pool.here(jobs)):
                if number == 3:
                    raise KeyboardInterrupt
                yield outcomes

        session.read(three)
    assert one(stopped, "SELECT status FROM runs WHERE id = ?", first) == "failed"
    assert 0 < one(stopped, "SELECT count(*) FROM candidates") <= 21
    assert read(stopped, crew(1)) == first
    assert said(stopped) == said(whole)


def test_nothing_is_read_twice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything was read by today's rules: a re-extraction reads only what could not be read."""
    asked: list[str] = []

    def note(jobs: Any) -> Iterator[Any]:
        for job in jobs:
            asked.extend(item.url for item in job.items)
            yield work(job)

    with Reextraction(home, load_sources(home.sites), Scope()) as session:
        session.read(note)
        counts = session.summary()
    broken = [url for (url,) in rows(home, "SELECT url FROM quarantine WHERE capture_id IS NOT NULL")]
    assert asked == broken and counts["unreadable"] == 1
    assert counts["captures"] == counts["of"] > 50


def test_a_changed_rule_leaves_pages_unparsed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    db = open_database(home.database)
    sources = load_sources(home.sites)
    of = {code: fingerprints(source) for code, source in sources.items()}
    ids = next(unread(db, "none", Scope(), 1000))
    changed = {code: type(both)(both.page, "other rules") for code, both in of.items()}
    looked = look(db, ids, lambda code: changed[code])
    known = [entry for entry in looked if getattr(entry, "known", None)]
    db.close()
    assert len(known) == len(ids) - 1  # all but the page that cannot be read


def dies(job: Job) -> Any:
    """Stands for a fault that ends the process, on one page."""
    if any(item.url.endswith("-165.html") for item in job.items):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(job)


def test_a_page_that_ends_its_process_costs_only_itself(
    bare: Any, small_jobs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, whole = bare(), bare()
    read(whole, crew(1))
    monkeypatch.setattr(pool, "work", dies)
    run = read(home, crew(2))
    lost = rows(
        home,
        "SELECT c.url, k.error FROM candidates k JOIN captures c ON c.id = k.capture_id"
        " WHERE k.run_id = ? AND k.error LIKE '%died%'",
        run,
    )
    assert lost and all(url.endswith("-165.html") for url, _ in lost)
    count = "SELECT count(*) FROM candidates WHERE bulletin_id IS NOT NULL"
    assert one(home, count) == one(whole, count) - len(lost)


@pytest.mark.slow
def test_a_cluster_that_is_wrong_is_said(bare: Any, small_jobs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    home = bare()
    parts = home.root / "parts" / "x"
    monkeypatch.setattr(pool, "_FIRST_WORKER", 0.5)
    with LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as cluster:
        with pytest.raises(OSError, match="has no worker"):
            read(home, crew(1, cluster.scheduler_address, parts))
        monkeypatch.setattr(pool, "_FIRST_WORKER", 60)
        cluster.scale(1)
        with monkeypatch.context() as patch, pytest.raises(OSError, match="expected the folder"):
            patch.setattr(pool, "read_part", lambda part: read_part(part.with_name("elsewhere")))
            read(home, crew(1, cluster.scheduler_address, parts))


class Slow(Future[str]):
    """A result that nobody brings, or that comes after some looks; nobody waits in a test."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.looks = after

    def result(self, timeout: float | None = None) -> str:
        self.looks -= 1
        if self.looks < 0:
            return "part"
        raise TimeoutError


def test_a_cluster_whose_workers_are_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_LOOK", 5.0)
    monkeypatch.setattr(pool, "_FIRST_WORKER", 20.0)
    with pytest.raises(OSError, match="no worker any more"):
        pool._with_workers(Slow(100), lambda: 0, "tcp://x")
    assert pool._with_workers(Slow(100), lambda: 1, "tcp://x") == "part"
    there = iter([0, 0, 0, 1] * 30)  # a worker that ends comes back in time
    assert pool._with_workers(Slow(100), lambda: next(there), "tcp://x") == "part"
