"""One writer at a time: a lock on ``BANTIN_HOME/run.lock`` that ends with the process that holds it.

The system's own lock (flock) decides, not the file: one that a killed process left behind locks nothing. What stands in
it only says who holds it.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import IO, Any

from db.home import Home
from db.times import to_text

#: seconds between two looks at a lock that is waited for no longer than some time
_LOOK = 0.5


class Busy(Exception):
    """Another run holds the folder, and there was no waiting, or it took too long."""


@contextmanager
def running(
    home: Home, what: str, *, wait: float | None = None, say: Callable[[str], None] = lambda text: None
) -> Iterator[None]:
    """Hold the folder for ``what`` ("nightly", "ingest", ...) while the block lasts.

    When another holds it: ``say`` tells who and since when, then ``wait`` seconds are waited (None: until it is free,
    0: not at all) and ``Busy`` raised. Not to be nested: a second one in the same process waits for the first.
    """
    home.create()
    with home.run_lock.open("a+", encoding="utf-8") as file:
        if not _taken(file):
            holder = _holder(file)
            if wait != 0:
                say(f"{holder}; waiting for it to end (Ctrl-C stops waiting)")
            _wait(file, wait, holder, home)
        _write(file, {"what": what, "pid": os.getpid(), "since": to_text(datetime.now(UTC).replace(microsecond=0))})
        try:
            yield
        finally:
            _write(file, None)  # closing the file frees the lock


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(file: IO[str], wait: float | None, holder: str, home: Home) -> None:
    if wait is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        time.sleep(min(_LOOK, wait))
        if _taken(file):
            return
    waited = f" after {wait:g} seconds" if wait else ""
    raise Busy(f"{holder}, still{waited}; try again when it has ended ({home.run_lock})")


def _holder(file: IO[str]) -> str:
    """Who holds the lock, as far as the file says: it is written a moment after the lock is taken."""
    file.seek(0)
    try:
        told = json.loads(file.read())
        return f"another run is at work: {told['what']}, process {told['pid']}, since {told['since']}"
    except (ValueError, KeyError, TypeError):
        return "another run is at work"


def _write(file: IO[str], told: dict[str, Any] | None) -> None:
    file.truncate(0)
    if told is not None:
        file.write(json.dumps(told))
    file.flush()


def writing_home(
    home: Home, what: str, *, unless: bool = False, say: Callable[[str], None] = lambda text: None
) -> AbstractContextManager[None]:
    """``running``, but for a dry run (``unless``) and for a folder without a database nothing is held."""
    return nullcontext() if unless or not home.database.exists() else running(home, what, say=say)
