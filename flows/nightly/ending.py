"""Servers that end with the process that started them, however it ends.

Prefect stops its temporary server when Python exits; a process that is killed, or told to end by SIGTERM, runs nothing
any more and would leave it behind, once a night. So a ``watcher`` waits beside each server on a pipe whose other end
only this process holds: the system closes that, and the watcher ends the server.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import warnings
from functools import wraps
from typing import Any

from flows.nightly import watcher


def end_with_us(process: subprocess.Popen[Any], *, group: bool = False) -> subprocess.Popen[bytes]:
    """Have a process told to end when this one is gone. Raises OSError where no watcher can be started.

    With ``group`` all of its group is told, and at once when its leader ends alone. Called before the process is waited
    for: until then its number is its own.
    """
    pidfd = _pidfd(process.pid)
    known = [str(process.pid), watcher.start_time(process.pid), "" if pidfd is None else str(pidfd)]
    try:
        made = subprocess.Popen(
            [sys.executable, "-I", "-S", watcher.__file__, *known, "group" if group else ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if pidfd is None else (pidfd,),
            start_new_session=True,  # Ctrl-C at the terminal is not for it
        )
    finally:
        if pidfd is not None:
            os.close(pidfd)
    atexit.register(_forget, made)
    return made


def _pidfd(pid: int) -> int | None:
    """A handle that stays this process's whoever gets its number; None where the system has no such thing."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):  # not Linux, a kernel before 5.3, or forbidden
        return None


def _forget(made: subprocess.Popen[bytes]) -> None:
    """The watched process was ended by whoever started it."""
    made.kill()
    made.wait()


def watch_temporary_servers() -> None:
    """Have every temporary server that Prefect starts in this process watched."""
    if os.environ.get("PREFECT_API_URL"):
        return  # a server of its own is there, and Prefect starts none
    from prefect.server.api.server import SubprocessASGIServer

    start = getattr(SubprocessASGIServer, "_run_uvicorn_command", None)  # Prefect's own, another version may lack it
    if start is None:
        warnings.warn(
            "this Prefect starts its temporary server in another way: a run that is killed may leave it behind",
            RuntimeWarning,
            stacklevel=2,
        )
        return
    if hasattr(start, "__wrapped__"):
        return

    @wraps(start)
    def watched(self: SubprocessASGIServer) -> subprocess.Popen[Any]:
        process: subprocess.Popen[Any] = start(self)
        try:
            end_with_us(process)
        except OSError as error:  # Prefect must get its server back, else nobody ends it
            print(
                f"bantin: Prefect's temporary server (process {process.pid}) is not watched: {error};"
                " end it by hand if this run is killed",
                file=sys.stderr,
                flush=True,
            )
        return process

    SubprocessASGIServer._run_uvicorn_command = watched  # type: ignore[method-assign]  # Prefect has no hook
