"""Where a process may be killed: before every write to the database, around every write to the archive.

There are two kinds. An "edge" is where something becomes lasting: the begin of a transaction, before and after its
end, before and after a sync, a record going to a segment (half of it is written), before and after a file is renamed. A
"row" is any other statement that writes. Edges are few and each may show another fault; rows are many and much alike.
"""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

EDGES = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM")
ROWS = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


class Points:
    """Counts the points of this process, and kills it at the ``at``-th of a ``kind`` (0: never)."""

    def __init__(self, kind: str = "edge", at: int = 0) -> None:
        self.counts: Counter[str] = Counter()
        self._kind, self._at = kind, at
        self._lock = threading.Lock()

    def hit(self, kind: str, last: Callable[[], object] = lambda: None) -> None:
        """One more point; ``last`` is what the process still does before it dies there."""
        with self._lock:
            self.counts[kind] += 1
            if kind == self._kind and self.counts[kind] == self._at:
                last()
                os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, sql: str) -> None:
        """A statement that SQLite is about to execute."""
        words = sql.split(None, 1)
        word = words[0].upper().rstrip(";") if words else ""
        if word in EDGES:
            self.hit("edge")
        elif word in ROWS:
            self.hit("row")


def install(points: Points, root: Path) -> None:
    """Count from now on: the databases below ``root``, and every sync, record and renaming. Never taken back."""
    connect, fsync = sqlite3.connect, os.fsync

    class Traced(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            cursor = super().execute(sql, *values)
            if sql == "COMMIT":
                points.hit("edge")
            return cursor

    def traced(database: Any, *words: Any, **options: Any) -> sqlite3.Connection:
        if str(root / "bantin.db") not in str(database):  # Prefect's is not ours
            return connect(database, *words, **options)
        connection = connect(database, *words, factory=Traced, **options)
        connection.set_trace_callback(points.statement)
        return connection

    def synced(handle: int) -> None:
        points.hit("edge")
        fsync(handle)
        points.hit("edge")

    class Torn(io.FileIO):
        def write(self, data: Any) -> int:
            points.hit("edge", lambda: io.FileIO.write(self, memoryview(data)[: len(data) // 2]))
            return super().write(data)

    def around(real: Callable[..., None]) -> Callable[..., None]:
        def moved(*words: Any, **options: Any) -> None:
            points.hit("edge")
            real(*words, **options)
            points.hit("edge")

        return moved

    import db.archive.store

    sqlite3.connect = traced
    os.fsync = synced
    os.rename, os.replace = around(os.rename), around(os.replace)
    db.archive.store.FileIO = Torn


def spread(total: int, number: int) -> list[int]:
    """``number`` points evenly over ``total``, the first and the last among them.

    >>> spread(9, 3), spread(2, 3)
    ([1, 5, 9], [1, 1, 2])
    """
    return [1 + (total - 1) * at // max(number - 1, 1) for at in range(number)]
