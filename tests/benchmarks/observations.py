"""What keeping observations costs, by the size of the database: batches of new bulletins, an idle run, one revision.

.venv/bin/python -m tests.benchmarks.observations [2000 8000]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from db.identity import document_id
from db.store import record_capture, writing
from flows.observe import refresh
from schemas.documents import Extraction
from schemas.figures import Figure, Period
from schemas.findings import Finding
from schemas.ledger import Numeral
from tests.db.support import SOURCE, World, capture

SIZES = (2000, 8000)
BATCH = 50
_FIRST = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, for so many bulletins in the database."""

    bulletins: int
    #: deriving all of them, batch by batch, the comparison of series at the end included
    filling: float
    #: a call that finds nothing to do
    idle: float
    #: one batch into the full database
    batch: float


def made_up(number: int) -> tuple[str, Extraction]:
    """The text and figures of the ``number``-th bulletin: two a day, all of the month before; one in 50 disagrees.

    The first figure is half of its plan.
    """
    day = _FIRST + timedelta(days=number // 2)
    last = day.replace(day=1) - timedelta(days=1)
    month = Period(last.replace(day=1), last)
    off = number % 50 == 7
    counts = (
        (10 + last.month + off, "cuộc", "đối thoại"),
        (100 + last.month + off, "hộ", "hộ nghèo"),
        (number % 40, "thẻ", "bạn đọc"),
    )
    text, figures = f"Tin {number}:", []
    for value, unit, subject in counts:
        start = len(text) + 1
        text += f" {value} {unit} {subject},"
        quote = str(value)
        figures.append(
            Figure(
                start=start,
                end=start + len(quote),
                quote=quote,
                kind="count",
                value=Decimal(value),
                unit=unit,
                subject=subject,
                rule="hand",
                period=month,
            )
        )
    start = len(text) + 1
    text += " 50% kế hoạch"
    figures.append(
        Figure(
            start=start,
            end=start + 3,
            quote="50%",
            kind="percent",
            value=Decimal(50),
            unit="%",
            relation="relative",
            basis="plan",
            about=0,
            rule="hand",
            period=month,
        )
    )
    plan = Finding("implied_plan", "holds", (0, 3), str(counts[0][0] * 2), "Kế hoạch suy ra từ tỷ lệ.")
    numerals = tuple(Numeral(f.start, f.end, f.quote, "claimed", figure=i) for i, f in enumerate(figures))
    return text, Extraction(f"d{number}", None, None, text, tuple(figures), (plan,), numerals, ((0, len(text)),))


def load(world: World, numbers: range) -> list[str]:
    """Load these bulletins; their documents."""
    documents = []
    with world.archive.segment(f"s{numbers.start}") as segment, writing(world.db):
        for number in numbers:
            url = f"https://hoabac.example/tin/{number}.html"
            got = capture(url, body=url.encode())
            ref = segment.write(got)
            taken = record_capture(world.db, world.run, source=SOURCE.code, capture=got, ref=ref, kind="page")
            text, extraction = made_up(number)
            day = _FIRST + timedelta(days=number // 2)
            world.load(taken, text, extraction=extraction, published=f"{day}T08:00", title=f"Tin {number}")
            documents.append(document_id(url))
    return documents


def measure(bulletins: int, root: Path) -> Cost:
    """Fill a database and ask the three questions."""
    world = World(root)
    filling = 0.0
    for at in range(0, bulletins, BATCH):
        documents = load(world, range(at, min(at + BATCH, bulletins)))
        filling += timed(lambda documents=documents: refresh(world.db, documents=documents))
    filling += timed(lambda: refresh(world.db))
    idle = timed(lambda: refresh(world.db))
    last = load(world, range(bulletins, bulletins + BATCH))
    batch = timed(lambda: refresh(world.db, documents=last))
    world.db.close()
    return Cost(bulletins, filling, idle, batch)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def main(sizes: list[int]) -> None:
    """Print one line a size."""
    print("bulletins  derived, ms each  idle, us each  batch of 50, ms")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            cost = measure(size, Path(folder))
        print(
            f"{size:>9}  {cost.filling / size * 1e3:>16.2f}  {cost.idle / size * 1e6:>13.1f}  {cost.batch * 1e3:>15.1f}"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
