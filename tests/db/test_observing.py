"""Keeping observations up to date: what it costs, and what it leaves when it is stopped half-way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from db import observations
from flows import observe
from flows.observe import compare, refresh
from tests.benchmarks.observations import load
from tests.db.support import World, dump


def steps(world: World, documents: Iterable[str] | None) -> int:
    """Steps of SQLite's machine that a refresh takes: the same on every computer."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    world.db.conn.set_progress_handler(tick, 10)
    try:
        refresh(world.db, documents=documents)
    finally:
        world.db.conn.set_progress_handler(None, 0)
    return count * 10


def test_a_batch_costs_the_same_in_a_large_database(world: World) -> None:
    """Linear over all batches: what is there already is not looked at again."""
    costs = []
    for size in (40, 400):
        load(world, range(size, size + size))
        refresh(world.db)
        batch = load(world, range(10_000 + size, 10_010 + size))
        costs.append(steps(world, batch))
    assert costs[1] < 1.5 * costs[0]


def test_a_bulletin_that_did_not_change_costs_little(world: World) -> None:
    load(world, range(200))
    refresh(world.db)
    assert steps(world, None) < 200 * 200, "a few look-ups in indices for each"
    assert steps(world, []) < 500


def test_batches_and_one_pass_come_to_the_same(tmp_path: Path) -> None:
    made = []
    for name, size in (("one", 60), ("batches", 20)):
        world = World(tmp_path / name)
        for at in range(0, 60, size):
            documents = load(world, range(at, at + size))
            if name == "batches":
                refresh(world.db, documents=documents)
        assert refresh(world.db) == (60 if name == "one" else 0)
        rows = dump(world.db)
        made.append({table: rows[table] for table in rows if "observation" in table or "series" in table})
        world.db.close()
    assert made[0] == made[1] and made[0]["observations_history"]


def test_what_a_crash_left_undone_is_done_by_the_next_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    load(world, range(30))
    monkeypatch.setattr(observe, "_CHUNK", 10)
    calls = 0

    def failing(*args: object) -> set[observations.Fact]:
        nonlocal calls
        calls += 1
        if calls > 15:
            raise KeyboardInterrupt
        return observations.record_document(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(observe, "record_document", failing)
    with pytest.raises(KeyboardInterrupt):
        refresh(world.db)
    assert world.db["observation_documents"].count == 10, "a transaction is all or nothing"
    assert world.db["series_due"].count > 0
    monkeypatch.undo()
    assert refresh(world.db) == 20
    assert world.db["series_due"].count == 0
    before = dump(world.db)
    assert refresh(world.db) == 0
    assert dump(world.db) == before


def test_series_are_compared_once_all_batches_are_in(world: World) -> None:
    for at in (0, 10):
        refresh(world.db, documents=load(world, range(at, at + 10)))
    assert world.db["series_findings"].count == 0
    assert world.db["series_due"].count > 0
    compare(world.db)
    assert world.db["series_due"].count == 0
    assert world.db["series_findings"].count > 0
