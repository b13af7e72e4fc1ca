"""The process that waits beside a server and ends it when the one that started both is gone (see ``ending``).

Run by its path in a bare interpreter, so it imports nothing but a few modules of Python's own. Its standard input is a
pipe whose other end only the starting process holds; the system closes that, however the process ends.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path


def start_time(pid: int) -> str:
    """When the process of a number began, as the system counts; empty where there is none or no /proc.

    >>> start_time(os.getpid()) != "", start_time(2**30)
    (True, '')
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return ""
    # the name in parentheses may hold spaces and parentheses; behind it stands the third field
    return stat.rpartition(b")")[2].split()[22 - 3].decode()


def wait(pidfd: int | None) -> None:
    """Until the starting process is gone, or the watched one where ``pidfd`` tells of it."""
    poll = select.poll()
    for handle in (0,) if pidfd is None else (0, pidfd):
        poll.register(handle, select.POLLIN)
    poll.poll()  # nothing is ever written to the pipe


def end(pid: int, started: str, pidfd: int | None, *, group: bool) -> None:
    """Tell the process, or its group, to end; what took over its number is left alone.

    A group keeps its number for as long as it has members, also without its leader: only where another process has the
    number now is the group gone.
    """
    if group:
        if start_time(pid) in ("", started):
            os.killpg(pid, signal.SIGTERM)
    elif pidfd is not None:
        signal.pidfd_send_signal(pidfd, signal.SIGTERM)
    elif started and start_time(pid) == started:
        os.kill(pid, signal.SIGTERM)


def main(pid: str, started: str, pidfd: str, group: str) -> None:
    """The arguments as the command line has them; an empty one is not known, or no."""
    handle = int(pidfd) if pidfd else None
    wait(handle)
    with suppress(ProcessLookupError):  # it may have ended by itself
        end(int(pid), started, handle, group=bool(group))


if __name__ == "__main__":
    main(*sys.argv[1:])
