"""Captures in, outcomes out, in order: what is to be read is packed into jobs and handed to the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from db.store.todo import Done, Item
from extractors.fingerprint import figure_fingerprint
from flows.reading.pool import Ask
from flows.reading.work import Job, Outcome
from schemas.sources import Source

#: bytes of pages in one job, and captures: what one job costs to send must not count, what it holds must fit in memory
JOB_BYTES = 4 << 20
JOB_ITEMS = 64
#: captures that are written at a time, and bytes of their pages: in a large database each transaction writes some page
#: of every index anew, so a few large ones cost half of many small ones; a crash loses as many readings
WRITTEN = 256
WRITTEN_BYTES = 32 << 20

Step = list["Done | Outcome"]


def read_all(
    looked: Iterable[Sequence[Item | Done]],
    *,
    archive: str,
    sources: Mapping[str, Source],
    ask: Ask,
    seen: Callable[[int], None] = lambda number: None,
) -> Iterator[Step]:
    """What came of each capture, in the order in which they were given, about WRITTEN at a time.

    ``looked`` is taken as far ahead as workers need it, and no further: memory does not grow with the archive. ``seen``
    is told how many captures came, as they come. Where the workers fail, what came before is given, then the error is
    raised. When the workers have all there is, a step is given as soon as no more is still out, so that little is left
    to write after the last page was read.
    """
    rules = figure_fingerprint()
    plans: list[list[Item | Done]] = []
    all_sent = False

    def jobs() -> Iterator[Job]:
        nonlocal all_sent
        for batch in _packed(entry for entries in looked for entry in entries):
            plans.append(batch)
            yield Job(archive, sources, rules, tuple(entry for entry in batch if isinstance(entry, Item)))
        all_sent = True

    came = ask(jobs())
    step: Step = []
    size = 0
    while True:
        try:
            outcomes = next(came, None)
        except Exception:
            if step:
                yield step
            raise
        if outcomes is None:
            break
        plan, read = plans.pop(0), iter(outcomes)
        step += [entry if isinstance(entry, Done) else next(read) for entry in plan]
        size += sum(entry.size for entry in plan if isinstance(entry, Item))
        seen(len(plan))
        enough = min(WRITTEN, sum(map(len, plans))) if all_sent else WRITTEN
        if len(step) >= enough or size >= WRITTEN_BYTES:
            yield step
            step, size = [], 0
    if step:
        yield step


def _packed(entries: Iterable[Item | Done]) -> Iterator[list[Item | Done]]:
    """Batches of about JOB_BYTES; captures that were read before cost nothing, a thousand of them are a batch too."""
    batch: list[Item | Done] = []
    size = items = 0
    for entry in entries:
        batch.append(entry)
        if isinstance(entry, Item):
            size += entry.size
            items += 1
        if size >= JOB_BYTES or items >= JOB_ITEMS or len(batch) >= 1000:
            yield batch
            batch, size, items = [], 0, 0
    if batch:
        yield batch
