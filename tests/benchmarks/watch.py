"""What a command and all of its processes take of memory and processor, seen from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_EVERY = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Watched:
    """``said`` is the last line of the command's output, JSON. ``busy``: processor seconds of all its processes
    between its first line and that one. ``memory``: the most that they held at once, each shared page counted once.
    ``grown``: the most that the watched file had.
    """

    said: dict[str, Any]
    busy: float
    memory: int
    grown: int


def watched(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], file: Path) -> Watched:
    """Run a command in a session of its own, so that processes whose parent ended are still known as its own.

    It prints a line when the work begins and a line of JSON when it is done. RuntimeError where it fails.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        watch = _Watch(process.pid, file)
        watch.start()
        try:
            assert process.stdout is not None
            process.stdout.readline()
            begun = watch.look()
            last = process.stdout.readline()
            busy = watch.look() - begun
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)  # a session of its own hears no Ctrl-C
            raise
        finally:
            watch.ended.set()
            watch.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return Watched(json.loads(last), busy, watch.memory, watch.grown)


class _Watch(threading.Thread):
    """Looks at a session's processes until ``ended`` is set."""

    def __init__(self, session: int, file: Path) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.memory = self.grown = 0
        self._session = session
        self._file = file
        self._spent: dict[str, float] = {}
        self._lock = threading.Lock()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            self.look()
            held = sum(map(_held, list(self._spent)))
            self.memory = max(self.memory, held)
            self.grown = max(self.grown, self._file.stat().st_size if self._file.exists() else 0)

    def look(self) -> float:
        """Processor seconds so far; those of a process that ended are the ones it had when it was seen last."""
        with self._lock:
            for entry in os.scandir("/proc"):
                if entry.name.isdigit():
                    spent = _spent(entry.name, self._session)
                    if spent is not None:
                        self._spent[entry.name] = spent
            return sum(self._spent.values())


def _spent(pid: str, session: int) -> float | None:
    """Processor seconds of a process, None where it is gone or of another session."""
    try:
        stat = Path("/proc", pid, "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS if int(fields[3]) == session else None


def _held(pid: str) -> int:
    """Proportional set size of a process in bytes, 0 where it is gone."""
    try:
        lines = Path("/proc", pid, "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
