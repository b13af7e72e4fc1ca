"""A body of work in a process of its own, forked from this one: everything is imported already."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from tests.kills.points import Points, install


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code (None: killed), what it said on either stream, the points it passed."""

    code: int | None
    said: str
    points: Counter[str]


def forked(body: Callable[[], object], root: Path, kind: str = "edge", at: int = 0) -> Ended:
    """Run ``body`` in a child that is killed at a point, or never (``at`` 0). ``root`` holds the database."""
    read, write = os.pipe()
    with TemporaryFile() as said:
        child = os.fork()
        if not child:
            _child(body, root, Points(kind, at), said.fileno(), write)
        os.close(write)
        try:
            with os.fdopen(read, "rb") as counts:
                found = counts.read()
            status = os.waitpid(child, 0)[1]
        except BaseException:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise
        said.seek(0)
        text = said.read().decode()
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    assert code is not None or os.WTERMSIG(status) == signal.SIGKILL, text
    return Ended(code, text, Counter(json.loads(found or b"{}")))


def _child(body: Callable[[], object], root: Path, points: Points, out: int, write: int) -> None:
    code = 1
    try:
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
        install(points, root)
        body()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(write, json.dumps(points.counts).encode())
        os._exit(code)
