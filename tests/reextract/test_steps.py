"""What is written at a time: enough captures for one transaction, and never more than fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest

import flows.reading.reader
from db.store.todo import Done, Item
from flows.reading.reader import read_all
from flows.reading.work import Job, Outcome
from schemas.captures import ArchiveRef


def item(number: int, size: int = 1000) -> Item:
    ref = ArchiveRef("segment.warc.gz", number, 1)
    return Item(f"c{number}", "mau", f"https://mau.example/{number}", datetime(2026, 11, 27, tzinfo=UTC), ref, size)


def reading(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    for job in jobs:
        yield [Outcome(one.capture_id) for one in job.items]


def far_ahead(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    """As workers take them: all are given out before the first comes back."""
    yield from reading(list(jobs))


def failing(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    for number, outcomes in enumerate(reading(jobs)):
        if number == 2:
            raise OSError("the scheduler is gone")
        yield outcomes


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.reading.reader, "JOB_ITEMS", 3)
    monkeypatch.setattr(flows.reading.reader, "WRITTEN", 7)
    monkeypatch.setattr(flows.reading.reader, "WRITTEN_BYTES", 100_000)


@pytest.mark.parametrize(
    ("looked", "sizes"),
    [
        ([item(number) for number in range(20)], [9, 9, 2]),
        ([item(number, 90_000) for number in range(7)], [3, 3, 1]),
        ([*(Done(f"d{number}", "v", "r") for number in range(4)), *map(item, range(10))], [7, 7]),
        ([], []),
    ],
    ids=["small pages", "large pages", "known ones too", "none"],
)
def test_steps(looked: list[Item | Done], sizes: list[int]) -> None:
    seen: list[int] = []
    steps = list(read_all([looked], archive="", sources={}, ask=reading, seen=seen.append))
    assert [len(step) for step in steps] == sizes
    assert [entry.capture_id for step in steps for entry in step] == [entry.capture_id for entry in looked]
    assert sum(seen) == len(looked) and (not looked or len(seen) > len(sizes) - 1)


def test_at_the_end_little_is_left_to_write_after_the_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.reading.reader, "WRITTEN", 100)
    looked = [list(map(item, range(48)))]
    sizes = [len(step) for step in read_all(looked, archive="", sources={}, ask=far_ahead)]
    assert sizes == [24, 12, 6, 3, 3]


def test_what_was_read_before_the_workers_failed_is_given() -> None:
    given = []
    with pytest.raises(OSError, match="gone"):
        for step in read_all([list(map(item, range(20)))], archive="", sources={}, ask=failing):
            given += [entry.capture_id for entry in step]
    assert given == [f"c{number}" for number in range(6)]
