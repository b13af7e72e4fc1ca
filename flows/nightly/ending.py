"""Servers that end with the process that started them, however it ends.

Prefect stops its temporary server when Python exits; a process that is killed, or told to end by SIGTERM, runs nothing
any more and would leave it behind, once a night. So a shell waits beside each server on a pipe whose other end only
this process holds: the system closes that, and the shell ends the server.
"""

from __future__ import annotations

import atexit
import os
import subprocess
from functools import wraps
from typing import Any

#: $1 is the process, $2 what its command line has in it (by then the number may be another's), $3 "-" for its group
_WAIT = 'cat >/dev/null; grep -qs "$2" "/proc/$1/cmdline" && kill -s TERM -- "$3$1"'


def end_with_us(process: subprocess.Popen[Any], called: str, *, group: bool = False) -> subprocess.Popen[bytes]:
    """Have a process (or its ``group``) told to end when this one is gone; ``called`` is part of its command line."""
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _WAIT, "sh", str(process.pid), called, "-" if group else ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C at the terminal is not for it
    )
    atexit.register(_forget, watcher)
    return watcher


def _forget(watcher: subprocess.Popen[bytes]) -> None:
    """The watched process was ended by whoever started it."""
    watcher.kill()
    watcher.wait()


def watch_temporary_servers() -> None:
    """Have every temporary server that Prefect starts in this process watched."""
    if os.environ.get("PREFECT_API_URL"):
        return  # a server of its own is there, and Prefect starts none
    from prefect.server.api.server import SubprocessASGIServer

    start = SubprocessASGIServer._run_uvicorn_command
    if hasattr(start, "__wrapped__"):
        return

    @wraps(start)
    def watched(self: SubprocessASGIServer) -> subprocess.Popen[Any]:
        process = start(self)
        end_with_us(process, "uvicorn")
        return process

    SubprocessASGIServer._run_uvicorn_command = watched  # type: ignore[method-assign]
