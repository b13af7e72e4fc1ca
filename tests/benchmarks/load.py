"""``python -m tests.benchmarks.load``: what loading costs beside raw ``executemany``, as ratios within one run.

Raw are the very rows that the loader writes, table by table, into the same tables with the same indices and search
indices, one transaction a batch. The contestants take turns batch by batch, each on a database of its own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.store import (
    Prepared,
    load_many,
    open_database,
    prepare,
    record_capture,
    record_source,
    start_run,
    store,
    writing,
)
from extractors.facts import read_facts
from extractors.pipeline import extract_text
from extractors.text.document import Document
from schemas.captures import ArchiveRef, Capture
from schemas.documents import Block, Bulletin, Extraction
from schemas.facts import Facts
from schemas.sources import Source
from tests.benchmarks.corpus import sample

SOURCE = Source(code="mau", name="Cổng mẫu", url="https://mau.example/", area="99.quan-hai-linh", family="nukeviet4")
NOON = datetime(2024, 1, 1, 5, tzinfo=UTC)
RAW = "raw executemany"
MANY = "load_many of prepared rows"
BOTH = "prepare and load_many"
EACH = "store, a transaction a document"
_TABLES = ("bulletins", "figures", "figure_links", "numerals", "findings", "finding_figures", "bulletin_facts")


@dataclass(frozen=True)
class Read:
    """A document as reading leaves it."""

    url: str
    bulletin: Bulletin
    extraction: Extraction
    facts: Facts


def documents(copies: int) -> list[Read]:
    """Every bulletin of the sample portal at so many addresses."""
    made = []
    for text in sample():
        extraction = extract_text(text.text, id=text.id, title=text.title, published=text.published)
        bulletin = Bulletin(text.title, text.published, None, None, (Block("body", text.text),), reader="text")
        facts = read_facts(Document(text.text, text.title, text.published))
        made.append((text.id, bulletin, extraction, facts))
    return [Read(f"{SOURCE.url}{copy}/{name}", *rest) for copy in range(copies) for name, *rest in made]


class Contestant:
    """A database with every capture in it, and the time it has spent loading."""

    def __init__(self, path: Path, given: Iterable[Read]) -> None:
        self.db = open_database(path)
        record_source(self.db, SOURCE)
        self.run = start_run(self.db, "bench", fingerprint="f1", started=NOON)
        self.busy = self.waited = 0.0
        with writing(self.db):
            self.captures = {document.url: self._record(document.url) for document in given}

    def _record(self, url: str) -> str:
        ref = ArchiveRef("made.warc.gz", 0, 1)
        made = Capture(url, NOON, 200, (), url.encode())
        return record_capture(self.db, self.run, source=SOURCE.code, capture=made, ref=ref)

    def prepared(self, batch: Sequence[Read]) -> list[Prepared]:
        """The rows of a batch."""
        return [
            prepare(
                url=one.url,
                source=SOURCE.code,
                capture_id=self.captures[one.url],
                bulletin=one.bulletin,
                extraction=one.extraction,
                facts=one.facts,
            )
            for one in batch
        ]

    def timed(self, work: Callable[[], object]) -> None:
        """Do it, and keep what it took of the processor and of the clock."""
        busy, began = time.process_time(), time.perf_counter()
        work()
        self.busy += time.process_time() - busy
        self.waited += time.perf_counter() - began

    def rows(self) -> int:
        """How many rows of results there are."""
        return sum(self.db[name].count for name in _TABLES)


class _Recorder:
    """A connection that notes which rows go where, statement by statement."""

    def __init__(self, conn: Any) -> None:
        self._conn = conn
        self.noted: dict[str, list[Any]] = {}

    def executemany(self, sql: str, rows: Iterable[Any]) -> object:
        given = list(rows)
        self.noted.setdefault(sql, []).extend(given)
        return self._conn.executemany(sql, given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn, name)


def _raw(contestant: Contestant, statements: dict[str, list[Any]]) -> None:
    conn = contestant.db.conn
    conn.execute("BEGIN IMMEDIATE")
    for sql, rows in statements.items():
        conn.executemany(sql, rows)
    conn.execute("COMMIT")


def load_table(given: Sequence[Read], size: int) -> str:
    """Documents a second of every way, and their speed as a share of the raw one's, in batches of ``size``."""
    return _table(compare(given, size), len(given))


def compare(given: Sequence[Read], size: int) -> dict[str, Contestant]:
    """The documents loaded in every way, batch by batch in turns."""
    with tempfile.TemporaryDirectory() as folder:
        made = {name: Contestant(Path(folder) / f"{i}.db", given) for i, name in enumerate((RAW, MANY, BOTH, EACH))}
        recorded = Contestant(Path(folder) / "recorded.db", given)
        for first in range(0, len(given), size):
            _round(recorded, made, given[first : first + size])
        counts = {contestant.rows() for contestant in made.values()}
        if len(counts) != 1:
            raise RuntimeError(f"the contestants stored different numbers of rows: {sorted(counts)}")
        return made


def _round(recorded: Contestant, made: dict[str, Contestant], batch: Sequence[Read]) -> None:
    """One batch in every way; ``recorded`` tells what the raw one is to write."""
    rows, plain = recorded.prepared(batch), recorded.db.conn
    recorded.db.conn = recorder = _Recorder(plain)
    load_many(recorded.db, recorded.run, rows)
    recorded.db.conn = plain
    raw, many, both, each = made.values()
    raw.timed(lambda: _raw(raw, recorder.noted))
    many.timed(lambda: load_many(many.db, many.run, rows))
    both.timed(lambda: load_many(both.db, both.run, both.prepared(batch)))
    each.timed(lambda: [store(each.db, each.run, one) for one in rows])


def _table(made: dict[str, Contestant], documents: int) -> str:
    lines = [
        "| way | documents a second | speed, processor time | speed, clock |",
        "| --- | ---: | ---: | ---: |",
    ]
    raw = made[RAW]
    for name, one in made.items():
        rate, busy, clock = documents / one.waited, raw.busy / one.busy, raw.waited / one.waited
        lines.append(f"| {name} | {rate:,.0f} | {busy:.2f} of raw | {clock:.2f} of raw |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--copies", type=int, default=20, metavar="N", help="of every sample bulletin (default 20)")
    parser.add_argument("--batch", type=int, default=100, metavar="N", help="documents a transaction (default 100)")
    args = parser.parse_args()
    given = documents(args.copies)
    figures = sum(len(document.extraction.figures) for document in given) / len(given)
    print(f"Loading {len(given):,} documents of {figures:.0f} figures each, {args.batch} a batch\n")
    print(load_table(given, args.batch))


if __name__ == "__main__":
    main()
